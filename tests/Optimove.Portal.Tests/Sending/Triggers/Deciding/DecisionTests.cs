using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Sending;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Sending.Triggers.Live;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tests.PartnerApi;

namespace Optimove.Portal.Tests.Sending.Triggers.Deciding;

public sealed class DecisionTests(ApiHouse house) : IClassFixture<ApiHouse>, IAsyncLifetime
{
    private IssuedSecrets _client = null!;
    private int _visit, _buy;
    private string _visits = "", _buys = "";

    public async ValueTask InitializeAsync()
    {
        _client = await house.ListenAsync(house.Acme);
        (_visits, _buys) = ($"visit_{Guid.NewGuid():N}", $"buy_{Guid.NewGuid():N}");
        (_visit, _buy) = (await house.DefineAsync(house.Acme, _visits), await house.DefineAsync(house.Acme, _buys));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TriggerRule Visits(int times = 1, int? within = null, Rule? where = null, FollowUp? then = null) => new([new(_visit, where ?? TriggerHouse.Anything)], times, within, then);

    private FollowUp Buys(bool happens, int minutes) => new(happens, new(_buy, TriggerHouse.Anything), minutes);

    private string Visit(string customer, TimeSpan ago = default, string parameters = "{}") => house.Event(_visits, customer, ago: ago, parameters: parameters);

    [Fact]
    public async Task The_third_visit_within_the_hour_is_told_to_the_partner_byte_for_byte()
    {
        await house.PlantAttributesAsync(house.Acme);
        await house.App.Database.RunAsync($"insert into {house.Acme.Schema}.customers (customer_id, mobile_phone, points) values ('N-1', '+33 1', 12.5)");
        var channel = await house.App.Database.AskAsync<int>($"select id from partner_channels where tenant_id = {house.Acme.Id} and channel_id = 250");
        await house.InAsync(house.Acme, s => s.GetRequiredService<SavePartnerChannel>().RunAsync(channel, new()
        {
            ChannelId = 250, Name = "Channel 250", TriggeredUse = true, Tags = ["mobile_phone", "points", "since"], ExcludedTags = ["points"], ExcludedParameters = "SECONDS",
        }));
        var campaign = await house.LiveAsync(house.Acme, Visits(3, 60), d => d with { TriggerName = "3 visits \"now\"" });
        await house.ReportAsync(_client, Visit("N-1", TimeSpan.FromMinutes(50)), Visit("N-1", TimeSpan.FromMinutes(20)));
        Assert.Empty(await house.NoticesAsync(house.Acme, campaign));
        await house.ReportAsync(_client, Visit("N-1", parameters: """{"page":"/shoes","seconds":3,"amount":2.50}"""));
        var body = Assert.Single(await house.NoticesAsync(house.Acme, campaign));
        var at = System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("timeStamp").GetString()!;
        Assert.InRange(DateTime.ParseExact(at, "yyyy-MM-dd HH:mm:ss", null), house.Clock.GetUtcNow().UtcDateTime.AddMinutes(-1), house.Clock.GetUtcNow().UtcDateTime);
        var action = await house.App.Database.AskAsync<int>($"select t.id from templates t join partner_channels c on c.connection_id = t.connection_id where c.tenant_id = {house.Acme.Id} and c.channel_id = 250 and t.provider_id = '1700000000000123'");
        Assert.Equal($$$"""
            {"eventTypeID":11,"timeStamp":"{{{at}}}","triggerName":"3 visits \"now\"","customerID":"N-1","campaignID":"{{{campaign.Number}}}","actionID":{{{action}}},"channelID":250,"templateID":1700000000000123,"promoCode":[],"notes":"","personalization":{"mobile_phone":"+33 1","since":""},"event":{"Page":"/shoes","amount":2.50}}
            """, body);
        Assert.Equal("N-1 sent", await house.DecidedAsync(house.Acme, campaign.Id));
    }

    [Fact]
    public async Task Only_events_whose_parameters_hold_count()
    {
        await house.CustomersAsync(house.Acme, "W-1", "W-2");
        var where = new All([new AttributeRule("page", Operator.StartsWith, ["/sho"]), new AttributeRule("seconds", Operator.AtLeast, [10])]);
        var campaign = await house.LiveAsync(house.Acme, Visits(where: where));
        await house.ReportAsync(_client, Visit("W-1", parameters: """{"page":"/shoes","seconds":9}"""), Visit("W-1", parameters: """{"page":"/hats","seconds":60}"""), Visit("W-1"));
        Assert.Equal("", await house.DecidedAsync(house.Acme, campaign.Id));
        await house.ReportAsync(_client, Visit("W-2", parameters: """{"page":"/shoes/7","seconds":10}"""));
        Assert.Equal("W-2 sent", await house.DecidedAsync(house.Acme, campaign.Id));
    }

    [Fact]
    public async Task Who_is_unknown_outside_the_group_or_opted_out_is_excluded_and_the_reason_kept()
    {
        await house.CustomersAsync(house.Acme, "A-1", "A-2", "A-3");
        await house.App.Database.RunAsync($"insert into {house.Acme.Schema}.transactions values ('A-1', now(), 10), ('A-3', now(), 10)");
        await house.App.Database.RunAsync($"insert into {house.Acme.Schema}.channel_preferences values ('A-3', 'sms', false, 'file', now()), ('A-1', 'email', false, 'file', now())");
        var group = await house.GroupAsync(house.Acme, new All([new TransactionRule(Measure.Sum, new Ever(), Operator.AtLeast, [5])]));
        var campaign = await house.LiveAsync(house.Acme, Visits(), group: group);
        await house.ReportAsync(_client, Visit("A-1"), Visit("A-2"), Visit("A-3"), Visit("A-4"));
        Assert.Equal("A-1 sent, A-2 excluded (not in the target group), A-3 excluded (opted out of text messages), A-4 excluded (unknown customer)", await house.DecidedAsync(house.Acme, campaign.Id));
        Assert.Single(await house.NoticesAsync(house.Acme, campaign));
        var line = (await LinesAsync()).Single(l => l.Campaign.Id == campaign.Id);
        Assert.Equal((4, 1, 0, 3), (line.Met, line.Sent, line.Control, line.Excluded));
    }

    [Fact]
    public async Task Once_is_once_and_every_seven_days_is_again_after_seven()
    {
        await house.CustomersAsync(house.Acme, "E-1");
        var once = await house.LiveAsync(house.Acme, Visits());
        var weekly = await house.LiveAsync(house.Acme, Visits(), d => d with { EntryDays = 7 });
        await house.ReportAsync(_client, Visit("E-1"), Visit("E-1"));
        await house.ReportAsync(_client, Visit("E-1"));
        async Task<string> StandAsync(TriggeredCampaign campaign) => $"{await house.DecidedAsync(house.Acme, campaign.Id)}, {await house.LimitedAsync(house.Acme, campaign.Id)} too early";
        Assert.Equal(("E-1 sent, 2 too early", "E-1 sent, 2 too early"), (await StandAsync(once), await StandAsync(weekly)));
        await house.App.Database.RunAsync($"update {house.Acme.Schema}.trigger_progress set entered_at = entered_at - interval '7 days 1 minute' where customer_id = 'E-1'");
        await house.ReportAsync(_client, Visit("E-1"));
        Assert.Equal(("E-1 sent, 3 too early", "E-1 sent, E-1 sent, 2 too early"), (await StandAsync(once), await StandAsync(weekly)));
        // Nobody who entered is forgotten with what no longer counts.
        await house.InAsync(house.Acme, s => s.GetRequiredService<TidyEvents>().RunAsync());
        await house.ReportAsync(_client, Visit("E-1"));
        Assert.Equal(("E-1 sent, 4 too early", "E-1 sent, E-1 sent, 3 too early"), (await StandAsync(once), await StandAsync(weekly)));
    }

    [Fact]
    public async Task The_control_share_is_drawn_as_everywhere_and_control_customers_have_entered_but_are_sent_nothing()
    {
        string[] people = [.. Enumerable.Range(0, 400).Select(i => $"S-{i}")];
        await house.CustomersAsync(house.Acme, people);
        var campaign = await house.LiveAsync(house.Acme, Visits(), d => d with { ControlShare = 0.3m });
        await house.ReportAsync(_client, [.. people.Select(p => Visit(p))]);
        var draw = new Assignment(new byte[32], $"triggered-{campaign.Id}", "", 0.3);
        var expected = string.Join(", ", people.Select(p => $"{p} {(draw.IsControl(p) ? "control" : "sent")}"));
        Assert.Equal(expected, await house.DecidedAsync(house.Acme, campaign.Id));
        Assert.InRange(expected.Split("control").Length - 1, 90, 150);
        Assert.Equal(expected.Split("sent").Length - 1, (await house.NoticesAsync(house.Acme, campaign)).Length);
        var held = people.First(p => draw.IsControl(p));
        await house.ReportAsync(_client, Visit(held));
        Assert.Equal((expected, 1), (await house.DecidedAsync(house.Acme, campaign.Id), await house.LimitedAsync(house.Acme, campaign.Id)));
    }

    [Fact]
    public async Task What_must_follow_is_sent_when_it_comes()
    {
        await house.CustomersAsync(house.Acme, "F-1");
        var campaign = await house.LiveAsync(house.Acme, Visits(then: Buys(true, 60)));
        await house.ReportAsync(_client, house.Event(_buys, "F-1", ago: TimeSpan.FromMinutes(40)), Visit("F-1", TimeSpan.FromMinutes(30)));
        Assert.Equal("", await house.DecidedAsync(house.Acme, campaign.Id));
        await house.ReportAsync(_client, house.Event(_buys, "F-1", parameters: """{"amount":12}"""));
        Assert.Equal("F-1 sent", await house.DecidedAsync(house.Acme, campaign.Id));
        Assert.Contains("\"event\":{\"amount\":12", Assert.Single(await house.NoticesAsync(house.Acme, campaign)));
    }

    [Fact]
    public async Task One_customers_wait_ends_in_the_batch_in_which_anothers_begins()
    {
        await house.CustomersAsync(house.Acme, "F-2", "F-3");
        var campaign = await house.LiveAsync(house.Acme, Visits(then: Buys(true, 60)));
        await house.ReportAsync(_client, Visit("F-2"));
        await house.ReportAsync(_client, house.Event(_buys, "F-2"), Visit("F-3"));
        Assert.Equal("F-2 sent", await house.DecidedAsync(house.Acme, campaign.Id));
        await house.ReportAsync(_client, house.Event(_buys, "F-3"));
        Assert.Equal("F-2 sent, F-3 sent", await house.DecidedAsync(house.Acme, campaign.Id));
    }

    [Fact]
    public async Task What_does_not_follow_is_decided_once_its_time_is_over_and_by_whichever_comes_first()
    {
        await house.CustomersAsync(house.Acme, "X-1", "X-2", "X-3", "X-4");
        var campaign = await house.LiveAsync(house.Acme, Visits(then: Buys(false, 30)));
        await house.ReportAsync(_client, Visit("X-1", TimeSpan.FromMinutes(40)), Visit("X-2", TimeSpan.FromMinutes(40)), Visit("X-3", TimeSpan.FromMinutes(10)), Visit("X-4", TimeSpan.FromMinutes(40)), house.Event(_buys, "X-2", ago: TimeSpan.FromMinutes(20)));
        Assert.Equal("", await house.DecidedAsync(house.Acme, campaign.Id));
        await house.ReportAsync(_client, house.Event(_buys, "X-4"));
        Assert.Equal("X-4 sent", await house.DecidedAsync(house.Acme, campaign.Id));
        await Task.WhenAll(house.DecideDueAsync(house.Acme), house.DecideDueAsync(house.Acme));
        Assert.Equal("X-4 sent, X-1 sent", await house.DecidedAsync(house.Acme, campaign.Id));
        Assert.Equal(1, await house.App.Database.AskAsync<long>($"select count(*) from {house.Acme.Schema}.trigger_waits where campaign_id = {campaign.Id}"));
    }

    [Fact]
    public async Task A_second_event_that_is_told_before_the_first_counts_for_it()
    {
        await house.CustomersAsync(house.Acme, "L-1", "L-2");
        var (with, without) = (await house.LiveAsync(house.Acme, Visits(then: Buys(true, 30))), await house.LiveAsync(house.Acme, Visits(then: Buys(false, 30))));
        await house.ReportAsync(_client, house.Event(_buys, "L-1", ago: TimeSpan.FromMinutes(20)));
        await house.ReportAsync(_client, Visit("L-1", TimeSpan.FromMinutes(40)), Visit("L-2", TimeSpan.FromMinutes(40)));
        await house.DecideDueAsync(house.Acme);
        Assert.Equal("L-1 sent", await house.DecidedAsync(house.Acme, with.Id));
        Assert.Equal("L-2 sent", await house.DecidedAsync(house.Acme, without.Id));
    }

    [Fact]
    public async Task A_paused_campaign_decides_nothing_and_keeps_what_was_counted()
    {
        await house.CustomersAsync(house.Acme, "Z-1");
        var campaign = await house.LiveAsync(house.Acme, Visits(3));
        await house.ReportAsync(_client, Visit("Z-1"), Visit("Z-1"));
        await house.InAsync(house.Acme, s => s.GetRequiredService<PauseTriggeredCampaign>().RunAsync(campaign.Id));
        await house.ReportAsync(_client, Visit("Z-1"), Visit("Z-1"), Visit("Z-1"));
        Assert.Equal("", await house.DecidedAsync(house.Acme, campaign.Id));
        await house.InAsync(house.Acme, s => s.GetRequiredService<StartTriggeredCampaign>().RunAsync(campaign.Id));
        await house.ReportAsync(_client, Visit("Z-1"));
        Assert.Equal("Z-1 sent", await house.DecidedAsync(house.Acme, campaign.Id));
        await house.InAsync(house.Acme, s => s.GetRequiredService<EndTriggeredCampaign>().RunAsync(campaign.Id));
        await Assert.ThrowsAsync<RefusedException>(() => house.InAsync(house.Acme, s => s.GetRequiredService<StartTriggeredCampaign>().RunAsync(campaign.Id)));
    }

    [Fact]
    public async Task A_campaign_that_another_process_paused_decides_nothing_although_this_one_still_takes_it_for_live()
    {
        await house.CustomersAsync(house.Acme, "L-1");
        var campaign = await house.LiveAsync(house.Acme, Visits());
        await house.ReportAsync(_client, house.Event(_buys, "L-1"));
        await house.App.Database.RunAsync($"update triggered_campaigns set state = 'Paused' where id = {campaign.Id}");
        await house.ReportAsync(_client, Visit("L-1"));
        Assert.Equal("", await house.DecidedAsync(house.Acme, campaign.Id));
    }

    [Fact]
    public async Task Outside_its_days_nothing_counts()
    {
        await house.CustomersAsync(house.Acme, "D-1");
        var today = house.Acme.DayOf(house.Clock.GetUtcNow());
        var later = await house.LiveAsync(house.Acme, Visits(), d => d with { StartsOn = today.AddDays(1) });
        var now = await house.LiveAsync(house.Acme, Visits(), d => d with { StartsOn = today, EndsOn = today });
        await house.ReportAsync(_client, Visit("D-1"));
        Assert.Equal(("", "D-1 sent"), (await house.DecidedAsync(house.Acme, later.Id), await house.DecidedAsync(house.Acme, now.Id)));
    }

    [Fact]
    public async Task Without_a_listener_or_template_nobody_counts_as_sent_to()
    {
        await house.CustomersAsync(house.Acme, "T-1");
        await house.AddChannelAsync(house.Acme, 251, triggered: true);
        (await house.PostAsync("/integrations/AddChannelTemplates?ChannelID=251", """[{"TemplateID":9,"TemplateName":"Quiet"}]""", _client)).IsDone();
        var action = await house.ActionAsync(house.Acme, 9);
        var campaign = await house.LiveAsync(house.Acme, Visits(), d => d with { ChannelId = 251, ActionId = action });
        await house.ReportAsync(_client, Visit("T-1"));
        Assert.Equal("T-1 excluded (nobody listens on the channel)", await house.DecidedAsync(house.Acme, campaign.Id));
        (await house.PostAsync("/integrations/DeleteChannelTemplates", """[{"ChannelID":251,"TemplateID":9}]""", _client)).IsDone();
        await house.InAsync(house.Acme, s => { s.GetRequiredService<Portal.Sending.Triggers.Ingestion.KnownTriggers>().Forget(house.Acme.Id); return Task.CompletedTask; });
        await house.ReportAsync(_client, Visit("T-1"));
        Assert.EndsWith("T-1 excluded (the partner withdrew the template)", await house.DecidedAsync(house.Acme, campaign.Id));
    }

    private async Task<IReadOnlyList<TriggeredLine>> LinesAsync()
    {
        IReadOnlyList<TriggeredLine>? lines = null;
        await house.InAsync(house.Acme, async s => lines = await s.GetRequiredService<TriggeredCampaignQueries>().ListAsync(default));
        return lines!;
    }
}
