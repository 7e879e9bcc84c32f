using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Deciding;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Sending.Triggers.Live;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.PartnerApi;

namespace Optimove.Portal.Tests.Sending.Triggers.Live;

/// <summary>What each statement reads when there are many rows: those that it is about, and never a whole table.</summary>
public sealed partial class PlanTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const int Many = 100_000;

    [Fact]
    public async Task With_many_rows_every_statement_goes_by_index()
    {
        var listening = await house.ListenAsync(house.Acme);
        var visit = await house.DefineAsync(house.Acme, "visit");
        var rule = new All([new TransactionRule(Measure.Sum, new Ever(), Operator.MoreThan, [5]), new Not(new PreferenceRule("email", Preference.OptedOut)), new TransactionRule(Measure.Last, new Ever(), Operator.InLastDays, [30])]);
        var campaign = await house.LiveAsync(house.Acme, new([new(visit, TriggerHouse.Anything)], 2, 60, null), group: await house.GroupAsync(house.Acme, rule));
        await FillAsync(campaign.Id, await house.App.Database.AskAsync<int>($"select id from event_listeners where tenant_id = {house.Acme.Id}"));
        Assert.NotEmpty(listening.Key);
        var world = await house.WorldAsync(house.Acme);
        var audience = DecideMet.Audience(world.Triggers.Single(t => t.Campaign.Id == campaign.Id), ["C-7", "C-70", "nobody"]);
        await MustNotScanAsync("read-met-customers", audience.CommandText, [.. audience.Parameters.Select(p => p.Value!)]);
        await MustNotScanAsync("read-trigger-progress", SqlFile.Read("read-trigger-progress.sql"), new[] { campaign.Id, campaign.Id }, new[] { "C-7", "C-70" });
        await MustNotScanAsync("read-trigger-waits", SqlFile.Read("read-trigger-waits.sql"), new[] { campaign.Id, campaign.Id }, new[] { "C-7", "C-70" });
        await MustNotScanAsync("read-undecided-events", SqlFile.Read("read-undecided-events.sql"), 1000);
        await MustNotScanAsync("undecided events", UndecidedEvents.Find);
        await MustNotScanAsync("oldest undecided event", FlowQueries.Undecided);
        var now = house.Clock.GetUtcNow();
        await MustNotScanAsync("read-trigger-notices", SqlFile.Read("read-trigger-notices.sql"), house.Acme.Id, 11, now.AddMinutes(-5), now, FlowQueries.MostCounted);
        await MustNotScanAsync("read-handover-flow", SqlFile.Read("read-handover-flow.sql"), now.AddMinutes(-5), now, FlowQueries.MostCounted);
        await MustNotScanAsync("read-handover", SqlFile.Read("read-handover.sql"), campaign.Id, 10_000);
        await MustNotScanAsync("list-handover-failures", SqlFile.Read("list-handover-failures.sql"), campaign.Id);
        await MustNotScanAsync("claim-triggered-sends", SqlFile.Read("claim-triggered-sends.sql"), "x", TimeSpan.FromMinutes(1), now, 7, 8, 50, "push");
        await MustNotScanAsync("forsake-triggered-sends", SqlFile.Read("forsake-triggered-sends.sql"), now);
        await MustNotScanAsync("lanes", "select distinct connection_id, template_id from triggered_sends where state = 'waiting' and next_try_at <= $1", now);
        await MustNotScanAsync("due waits", "select exists (select from trigger_waits where due_at <= $1)", now.AddDays(-300));
        await MustNotScanAsync("last minute", "select second, events, sent, control, excluded from trigger_seconds where second > $1 order by second", now.AddSeconds(-60));
        await MustNotScanAsync("latest decisions", "select d.id, c.name from trigger_decisions d join triggered_campaigns c on c.tenant_id = $1 and c.id = d.campaign_id order by d.id desc limit 12", house.Acme.Id);
        await MustNotScanAsync("read-customer-decisions", SqlFile.Read("read-customer-decisions.sql"), "C-7", 200);
        await ReadAsync();
    }

    private Task FillAsync(int campaign, int listener) => house.App.Database.RunAsync($"""
        set search_path = {house.Acme.Schema}, public;
        insert into customers (customer_id) select 'C-' || n from generate_series(1, {Many}) n;
        insert into transactions (customer_id, occurred_at, amount) select 'C-' || (n % {Many}), now() - n * interval '1 minute', n % 50 from generate_series(1, {2 * Many}) n;
        insert into channel_preferences select 'C-' || n, 'email', n % 9 > 0, 'file', now() from generate_series(1, {Many}) n;
        insert into trigger_progress select {campaign}, 'C-' || n, array[now()] from generate_series(1, {Many}) n;
        insert into customer_events (event_type, occurred_at, received_at, event_id, customer_id, parameters) select 1, now(), now(), 'filled-' || n, 'C-' || n, '{"{}"}' from generate_series(1, {Many}) n;
        update trigger_mark set decided = (select max(number) - 5 from customer_events);
        analyze customer_events; analyze trigger_mark;
        insert into trigger_waits (met_at, due_at, campaign_id, customer_id, event_id, parameters) select now(), now() + n * interval '1 minute', {campaign}, 'C-' || n, n, '{"{}"}' from generate_series(1, {Many}) n;
        insert into trigger_decisions (decided_at, campaign_id, fate, customer_id, event_id) select now() - n * interval '1 minute', {campaign}, case n % 3 when 0 then 'excluded' else 'sent' end, 'C-' || (n % 5000), n from generate_series(1, {Many}) n;
        insert into trigger_seconds select date_trunc('second', now()) - n * interval '1 second', 5, 1, 0, 0 from generate_series(1, {Many}) n;
        insert into event_deliveries (tenant_id, listener_id, event_type, body, created_at, tries, next_try_at, delivered_at, by_person)
        select {house.Acme.Id}, {listener}, 11, '{"{}"}', now() - n * interval '1 second', 1, case when n % 10000 = 0 then now() end, case when n % 10000 > 0 then now() - n * interval '1 second' + interval '80 milliseconds' end, false from generate_series({Many}, 1, -1) n;
        insert into customer_apps select 'C-' || n, 'app-' || (n % 2) from generate_series(1, {Many}) n;
        insert into triggered_sends (decided_at, next_try_at, give_up_at, decision_id, campaign_id, connection_id, template_id, state, customer_id, address)
        select now() - n * interval '1 second', now(), now() + interval '1 hour', n, {campaign}, 7, 8, case when n % 5000 = 0 then 'waiting' when n % 5000 = 1 then 'in_flight' when n % 5000 = 2 then 'unknown' when n % 5000 = 3 then 'refused' else 'accepted' end, 'C-' || n, 'C-' || n
        from generate_series({Many}, 1, -1) n;
        insert into triggered_send_seconds select date_trunc('second', now()) - n * interval '1 second', 1, 0, 0, 90 from generate_series(1, {Many}) n;
        analyze customer_apps; analyze triggered_sends; analyze triggered_send_seconds;
        analyze customers; analyze transactions; analyze channel_preferences; analyze trigger_progress; analyze trigger_waits; analyze trigger_decisions; analyze trigger_seconds; analyze event_deliveries;
        """);

    // Tables of a few rows are read whole, and rightly.
    private async Task MustNotScanAsync(string name, string sql, params object[] values)
    {
        await house.InAsync(house.Acme, async s =>
        {
            await using var connection = await s.GetRequiredService<TenantDatabase>().OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand($"explain (format json) {sql}", connection);
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            var plan = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {plan}");
            foreach (var node in Nodes(JsonDocument.Parse(plan).RootElement[0].GetProperty("Plan")).Where(n => n.GetProperty("Node Type").GetString() == "Seq Scan"))
                Assert.True(Small().IsMatch(node.GetProperty("Relation Name").GetString()!), $"{name} reads all of {node.GetProperty("Relation Name")}: {plan}");
        });
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement plan) =>
        plan.TryGetProperty("Plans", out var below) ? below.EnumerateArray().SelectMany(Nodes).Prepend(plan) : [plan];

    private async Task ReadAsync()
    {
        Flow? flow = null;
        await house.InAsync(house.Acme, async s => flow = await s.GetRequiredService<FlowQueries>().ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal((10, 0), (flow!.Notices.Waiting, flow.Notices.GivenUp));
        // The clock went on while the rows were made.
        Assert.InRange(flow.Notices.Delivered, 200, 299);
        Assert.Equal(80, flow.Notices.Slowest!.Value.TotalMilliseconds, 0.5);
        Assert.InRange(flow.Notices.OldestWaits!.Value, TimeSpan.FromSeconds(Many), TimeSpan.FromSeconds(Many + 300));
        Assert.InRange(flow.EventsPerSecond, 0.1, 5.1);
        Assert.Equal((12, (long)FlowQueries.MostCounted), (flow.Latest.Count, flow.Waits));
    }

    [GeneratedRegex("^(event_listeners|triggered_campaigns|connections|trigger_mark)$")]
    private static partial Regex Small();
}
