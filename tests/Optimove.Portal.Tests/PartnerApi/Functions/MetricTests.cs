using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Metrics;
using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class MetricTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Metrics = "/current/integrations/UpdateCampaignMetrics", Interactions = "/current/integrations/UpdateCampaignInteractions";

    /// <summary>A campaign through a partner's channel whose time has come just now.</summary>
    private Task<PlantedList> PlantAsync(int channel, string name, params string[] people) => house.PlantAsync(house.Acme, name, people, o =>
    {
        o.SendAt = house.Clock.GetUtcNow().AddHours(-1);
        o.Date = house.Acme.DayOf(o.SendAt);
        o.PushStartedAt = o.HandedOverAt = o.SendAt;
    }, channel);

    private static string Row(int channel, int campaign, int metric, long value, long template = 8) =>
        $$"""{"ChannelID":{{channel}},"CampaignID":{{campaign}},"TemplateID":{{template}},"MetricID":{{metric}},"MetricValue":{{value}}}""";

    private async Task<MetricPull> ReadingAsync(int campaign)
    {
        MetricPull? pull = null;
        await house.InAsync(house.Acme, async s =>
        {
            await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            pull = await db.MetricPulls.AsNoTracking().Where(p => p.OccurrenceId == campaign).OrderByDescending(p => p.Day).FirstAsync();
        });
        return pull!;
    }

    [Fact]
    public async Task Posted_figures_take_the_place_of_the_ones_before_and_are_the_days_reading()
    {
        await house.AddChannelAsync(house.Acme, 611);
        var campaign = (await PlantAsync(611, "Posted", "C-1", "C-2", "C-3")).CampaignId;
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 611);
        (await house.PostAsync(Metrics, $"[{Row(611, campaign, 0, 3)},{Row(611, campaign, 1, 2)},{Row(611, campaign, 9, 1)}]", partner)).IsDone();
        // One client's arrays stand in another array, and its numbers are totals.
        (await house.PostAsync(Metrics, $"[[{Row(611, campaign, 1, 3)},{Row(611, campaign, 7, 0)},{Row(611, campaign, 2, 2)},{Row(611, campaign, 2, 1, template: 1700000000000123)}]]", partner)).IsDone();

        var reading = await ReadingAsync(campaign);
        Assert.Equal((1, PullState.Read), (reading.Day, reading.State));
        Assert.Equal((3, 3, 0, 3, null, null), (reading.Sent, reading.Delivered, reading.Bounced, reading.UniqueOpens, reading.UniqueClicks, reading.Unsubscribed));
        Assert.Equal(7, await house.App.Database.AskAsync<long>($"select count(*) from metric_posts where occurrence_id = {campaign}"));
        // The next morning's reading is one of its own.
        var before = house.Clock.Ahead;
        try
        {
            house.Clock.Ahead = before + TimeSpan.FromDays(2);
            (await house.PostAsync(Metrics, $"[{Row(611, campaign, 2, 9)}]", partner)).IsDone();
        }
        finally
        {
            house.Clock.Ahead = before;
        }
        Assert.Equal((10, true), ((await ReadingAsync(campaign)).UniqueOpens, (await ReadingAsync(campaign)).Day > 1));
    }

    [Fact]
    public async Task Where_a_channel_is_set_so_every_post_adds_to_the_ones_before()
    {
        await house.AddChannelAsync(house.Acme, 612, figuresAdd: true);
        var campaign = (await PlantAsync(612, "Receipts", "C-1", "C-2")).CampaignId;
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 612);
        for (var receipt = 0; receipt < 3; receipt++) (await house.PostAsync(Metrics, $"[{Row(612, campaign, 1, 1)}]", partner)).IsDone();
        (await house.PostAsync(Metrics, $"[{Row(612, campaign, 1, 1)},{Row(612, campaign, 1, 1)}]", partner)).IsDone();
        Assert.Equal(5, (await ReadingAsync(campaign)).Delivered);
    }

    [Fact]
    public async Task A_post_with_one_wrong_row_is_refused_as_a_whole()
    {
        await house.AddChannelAsync(house.Acme, 613);
        var campaign = (await PlantAsync(613, "Wrong", "C-1")).CampaignId;
        var closed = (await house.PlantAsync(house.Acme, "Closed before", ["C-1"], o => o.State = OccurrenceState.Closed, 613)).CampaignId;
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 613);
        var good = Row(613, campaign, 1, 1);
        (await house.PostAsync(Metrics, $"[{good},{Row(613, campaign, 8, 1)}]", partner)).IsRefused(400, "MetricID 8 has no meaning");
        (await house.PostAsync(Metrics, $"[{good},{Row(613, campaign, 1, -1)}]", partner)).IsRefused(400, "MetricValue must not be below 0");
        (await house.PostAsync(Metrics, $"[{good},{Row(613, campaign, 1, long.MaxValue)}]", partner)).IsRefused(400, "MetricValue must not be above 1,000,000,000,000");
        (await house.PostAsync(Metrics, $"[{good},{Row(613, 999_999, 1, 1)}]", partner)).IsRefused(400, "CampaignID 999999 does not go through ChannelID 613");
        (await house.PostAsync(Metrics, $"[{good},{Row(613, closed, 1, 1)}]", partner)).IsRefused(400, $"CampaignID {closed} is closed");
        (await house.PostAsync(Metrics, $"[{good},{Row(505, campaign, 1, 1)}]", partner)).IsRefused(403, "channel");
        (await house.PostAsync(Metrics, "[" + string.Join(',', Enumerable.Repeat(good, 101)) + "]", partner)).IsRefused(400, "at most 100");
        Assert.Equal(0, await house.App.Database.AskAsync<long>($"select count(*) from metric_posts where occurrence_id = {campaign}"));
    }

    [Fact]
    public async Task Interactions_are_counted_and_read_by_campaign_and_customer()
    {
        await house.AddChannelAsync(house.Acme, 614);
        var planted = await PlantAsync(614, "Interactions", "C-1", "C-2", "C-3", "X-1");
        var campaign = planted.CampaignId;
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 614);
        string Body(int happened, string day, params string[] customers) =>
            $$"""{"CampaignID":{{campaign}},"ChannelID":614,"TemplateID":8,"EventID":{{happened}},"InteractionDate":"{{day}}","RecipientGroupID":1,"CustomerIDs":[{{string.Join(',', customers.Select(c => $"\"{c}\""))}}]}""";
        (await house.PostAsync(Interactions, Body(2, "2024-05-03", "C-1", "C-2"), partner)).IsDone();
        (await house.PostAsync(Interactions, Body(2, "2024-05-03", "C-1"), partner)).IsDone();
        (await house.PostAsync(Interactions, Body(2, "2024-05-04", "C-1"), partner)).IsDone();
        (await house.PostAsync(Interactions, Body(9, "2024-05-03", "C-3"), partner)).IsDone();
        (await house.PostAsync(Interactions, Body(3, "2024-05-03", "C-1", "X-1"), partner)).IsRefused(400, "Customer X-1 is not among those");
        (await house.PostAsync(Interactions, Body(3, "2024-05-03", "C-1", "stranger"), partner)).IsRefused(400, "Customer stranger is not among those");
        (await house.PostAsync(Interactions, Body(10, "2024-05-03", "C-1"), partner)).IsRefused(400, "EventID 10 has no meaning");
        (await house.PostAsync(Interactions, Body(3, "2024-05-03", "C-1").Replace("\"InteractionDate\":\"2024-05-03\",", "", StringComparison.Ordinal), partner)).IsRefused(400, "InteractionDate");

        var reading = await ReadingAsync(campaign);
        Assert.Equal((2, 1, null), (reading.UniqueOpens, reading.Bounced, reading.UniqueClicks));
        var ofCampaign = $"/current/customers/GetCampaignInteractionCustomers?CampaignID={campaign}&ChannelID=614";
        Assert.Equal("""[{"CustomerID":"C-1","TemplateID":8,"EventID":2,"InteractionDate":"2024-05-03"},{"CustomerID":"C-1","TemplateID":8,"EventID":2,"InteractionDate":"2024-05-04"},{"CustomerID":"C-2","TemplateID":8,"EventID":2,"InteractionDate":"2024-05-03"}]""",
            (await house.GetAsync(ofCampaign + "&EventID=2", partner)).Body);
        Assert.Equal("""[{"CustomerID":"C-3","TemplateID":8,"EventID":7,"InteractionDate":"2024-05-03"}]""", (await house.GetAsync(ofCampaign + "&$skip=3", partner)).Body);
        Assert.Equal($$"""[{"Date":"2024-05-04","CampaignID":{{campaign}},"RecipientGroupID":1,"ActionID":{{planted.TemplateId}},"ChannelID":614,"TemplateID":8,"EventID":2}]""",
            (await house.GetAsync("/current/customers/GetCustomerChannelInteractions?CustomerID=C-1&StartDate=2024-05-04&EndDate=2024-06-01&ChannelID=0", partner)).Body);
        Assert.Equal("[]", (await house.GetAsync("/current/customers/GetCustomerChannelInteractions?CustomerID=C-1&StartDate=2024-05-01&EndDate=2024-06-01", await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 505))).Body);
    }
}
