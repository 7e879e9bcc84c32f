using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Analysis.Triggered;
using Optimove.Portal.Metrics.Triggered;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Tests.Sending.Triggers;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

/// <summary>Figures of triggered campaigns, by the number that event 11 gave, through the same functions as those of campaigns on a date.</summary>
public sealed class TriggeredMetricTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Metrics = "/current/integrations/UpdateCampaignMetrics", Interactions = "/current/integrations/UpdateCampaignInteractions";

    private static string Row(int campaign, int metric, long value, long template = 1700000000000123, int channel = 250) =>
        $$"""{"ChannelID":{{channel}},"CampaignID":{{campaign}},"TemplateID":{{template}},"MetricID":{{metric}},"MetricValue":{{value}}}""";

    /// <summary>A live campaign whose message these customers were sent.</summary>
    private async Task<TriggeredCampaign> SendAsync(string name, params string[] customers)
    {
        var client = await house.ListenAsync(house.Acme);
        await house.CustomersAsync(house.Acme, customers);
        var campaign = await house.LiveAsync(house.Acme, new([new(await house.DefineAsync(house.Acme, name), TriggerHouse.Anything)], 1, null, null));
        await house.ReportAsync(client, [.. customers.Select(c => house.Event(name, c))]);
        return campaign;
    }

    private async Task<TriggeredOutcome> OutcomeAsync(TriggeredCampaign campaign)
    {
        TriggeredOutcome? outcome = null;
        await house.InAsync(house.Acme, async s => outcome = await s.GetRequiredService<TriggeredOutcomeQueries>().FindAsync(campaign.Id, default));
        return outcome!;
    }

    private static string Rows(TriggeredOutcome outcome) => string.Join("; ", outcome.Rows().Select(r => $"{r.Label} {(r.Value is { } value ? $"{value} {r.Note}" : r.Note)}"));

    [Fact]
    public async Task Posted_figures_are_shown_with_the_messages_that_the_partner_was_told_of()
    {
        var campaign = await SendAsync("posted", "P-1", "P-2", "P-3", "P-4");
        Assert.Contains("Sent not told yet; Delivered not told yet", Rows(await OutcomeAsync(campaign)));
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 250);
        (await house.PostAsync(Metrics, $"[{Row(campaign.Number, 0, 3)},{Row(campaign.Number, 1, 2)},{Row(campaign.Number, 9, 1)}]", partner)).IsDone();
        Assert.Contains("Delivered 2 of 3 sent; Unique opens the partner told no figure; Unique clicks the partner told no figure; Unsubscribed the partner told no figure; Bounces 1 of 3 sent", Rows(await OutcomeAsync(campaign)));
        (await house.PostAsync(Metrics, $"[[{Row(campaign.Number, 1, 3)},{Row(campaign.Number, 7, 0)},{Row(campaign.Number, 2, 1)},{Row(campaign.Number, 2, 1, template: 8)},{Row(campaign.Number, 5, 1)}]]", partner)).IsDone();

        var outcome = await OutcomeAsync(campaign);
        Assert.Equal("Messages 4 times that somebody met the trigger and was to get it; control not counted; Sent 3 of 4 that the partner was told of; Delivered 3 of 3 sent; Unique opens 2 of 3 delivered; "
            + "Unique clicks the partner told no figure; Unsubscribed the partner told no figure; Bounces 0 of 3 sent; Dropped 1 of 3 sent", Rows(outcome));
        Assert.Equal(8, await house.App.Database.AskAsync<long>($"select count(*) from {house.Acme.Schema}.triggered_posts where campaign_id = {campaign.Id}"));
        Assert.Equal(0, await house.App.Database.AskAsync<long>($"select count(*) from {house.Globex.Schema}.triggered_posts"));
    }

    [Fact]
    public async Task Posts_of_both_kinds_of_campaigns_are_taken_together_or_not_at_all()
    {
        var campaign = await SendAsync("both", "B-1");
        var dated = (await house.PlantAsync(house.Acme, "On a date", ["B-1"], o =>
        {
            o.SendAt = house.Clock.GetUtcNow().AddHours(-1);
            o.Date = house.Acme.DayOf(o.SendAt);
            o.PushStartedAt = o.HandedOverAt = o.SendAt;
        }, 505)).CampaignId;
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: [250, 505]);
        string Dated(int metric, long value) => Row(dated, metric, value, 8, 505);
        (await house.PostAsync(Metrics, $"[{Dated(0, 1)},{Row(campaign.Number, 0, 1)},{Row(campaign.Number + 5000, 0, 1)}]", partner)).IsRefused(400, $"CampaignID {campaign.Number + 5000} does not go through ChannelID 250");
        (await house.PostAsync(Metrics, $"[{Row(campaign.Number, 0, 1)},{Row(campaign.Number, 1, 1, channel: 505)}]", partner)).IsRefused(400, $"CampaignID {campaign.Number} does not go through ChannelID 505");
        Assert.Null((await OutcomeAsync(campaign)).Figures.LastAt);
        (await house.PostAsync(Metrics, $"[{Dated(0, 1)},{Row(campaign.Number, 0, 1)}]", partner)).IsDone();
        Assert.Equal(1, (await OutcomeAsync(campaign)).Figures.Sent!.Value.Value);
        Assert.Equal(1, await house.App.Database.AskAsync<long>($"select value from posted_figures where occurrence_id = {dated}"));
    }

    [Fact]
    public async Task Where_a_channel_is_set_so_every_post_adds_to_the_ones_before()
    {
        await house.AddChannelAsync(house.Acme, 251, triggered: true, figuresAdd: true);
        var client = await house.IssueAsync(house.Acme);
        (await house.PostAsync("/integrations/AddChannelTemplates?ChannelID=251", """[{"TemplateID":77,"TemplateName":"Receipts"}]""", client)).IsDone();
        var action = await house.ActionAsync(house.Acme, 77);
        var campaign = await house.LiveAsync(house.Acme, new([new(await house.DefineAsync(house.Acme, "receipts"), TriggerHouse.Anything)], 1, null, null), d => d with { ChannelId = 251, ActionId = action });
        var receipt = Row(campaign.Number, 1, 1, 77, 251);
        (await house.PostAsync(Metrics, $"[{receipt}]", client)).IsDone();
        (await house.PostAsync(Metrics, $"[{receipt},{receipt}]", client)).IsDone();
        Assert.Equal(3, (await OutcomeAsync(campaign)).Figures.Delivered!.Value.Value);
        // The largest that is taken can be told many times over; a larger one is nobody's figure.
        for (var post = 0; post < 2; post++) (await house.PostAsync(Metrics, $"[{Row(campaign.Number, 1, 1_000_000_000_000, 77, 251)}]", client)).IsDone();
        (await house.PostAsync(Metrics, $"[{Row(campaign.Number, 1, 1_000_000_000_001, 77, 251)}]", client)).IsRefused(400, "MetricValue must not be above 1,000,000,000,000");
        Assert.Equal(2_000_000_000_003, (await OutcomeAsync(campaign)).Figures.Delivered!.Value.Value);
    }

    [Fact]
    public async Task Interactions_are_counted_by_customer_and_read_by_campaign_and_customer()
    {
        var campaign = await SendAsync("interactions", "I-1", "I-2");
        await house.CustomersAsync(house.Acme, "I-9");
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 250);
        string Body(int happened, params string[] customers) =>
            $$"""{"CampaignID":{{campaign.Number}},"ChannelID":250,"TemplateID":8,"EventID":{{happened}},"InteractionDate":"2024-05-03","CustomerIDs":[{{string.Join(',', customers.Select(c => $"\"{c}\""))}}]}""";
        (await house.PostAsync(Interactions, Body(2, "I-1", "I-2"), partner)).IsDone();
        (await house.PostAsync(Interactions, Body(2, "I-1"), partner)).IsDone();
        (await house.PostAsync(Interactions, Body(3, "I-2", "I-9"), partner)).IsRefused(400, "Customer I-9 is not among those");
        (await house.PostAsync(Interactions, Body(10, "I-1"), partner)).IsRefused(400, "EventID 10 has no meaning");

        var figures = (await OutcomeAsync(campaign)).Figures;
        Assert.Equal((new TriggeredFigure(2, IsPeople: true), null), (figures.UniqueOpens, figures.UniqueClicks));
        var line = """{"CustomerID":"I-1","TemplateID":8,"EventID":2,"InteractionDate":"2024-05-03"}""";
        var read = $"/current/customers/GetCampaignInteractionCustomers?CampaignID={campaign.Number}&ChannelID=250";
        Assert.Equal($"[{line},{line.Replace("I-1", "I-2", StringComparison.Ordinal)}]", (await house.GetAsync(read, partner)).Body);
        Assert.Equal("[]", (await house.GetAsync($"/current/customers/GetCampaignInteractionCustomers?CampaignID={campaign.Number}&ChannelID=505", await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 505))).Body);
        Assert.Equal($$"""[{"Date":"2024-05-03","CampaignID":{{campaign.Number}},"RecipientGroupID":1,"ActionID":{{campaign.ActionId}},"ChannelID":250,"TemplateID":8,"EventID":2}]""",
            (await house.GetAsync("/current/customers/GetCustomerChannelInteractions?CustomerID=I-1&StartDate=2024-05-01&EndDate=2024-06-01", partner)).Body);
    }

    [Fact]
    public async Task Another_clients_campaign_a_draft_and_one_that_ended_long_ago_take_nothing()
    {
        var campaign = await SendAsync("ending", "E-1");
        var good = $"[{Row(campaign.Number, 0, 1)}]";
        (await house.PostAsync(Metrics, good, await house.IssueAsync(house.Globex))).IsRefused(400, $"CampaignID {campaign.Number} does not go through ChannelID 250");
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 250);
        var draft = 0;
        await house.InAsync(house.Acme, async s => draft = (await s.GetRequiredService<SaveTriggeredCampaign>().RunAsync(null, 0, new() { Name = "Never started", ChannelId = 250 })).Id);
        (await house.PostAsync(Metrics, $"[{Row(TriggeredCampaign.FirstNumber + draft, 0, 1)}]", partner)).IsRefused(400, "has not been executed");
        await house.InAsync(house.Acme, s => s.GetRequiredService<EndTriggeredCampaign>().RunAsync(campaign.Id));
        (await house.PostAsync(Metrics, good, partner)).IsDone();
        await house.App.Database.RunAsync($"update triggered_campaigns set state_at = state_at - interval '8 days' where id = {campaign.Id}");
        (await house.PostAsync(Metrics, good.Replace("1}", "2}", StringComparison.Ordinal), partner)).IsRefused(400, "ended more than 7 days ago; its figures are final");
        Assert.Equal(1, (await OutcomeAsync(campaign)).Figures.Sent!.Value.Value);
    }
}
