using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Tests.PartnerApi;

namespace Optimove.Portal.Tests.Sending.Triggers.Deciding;

/// <summary>Counters, decisions and notices stand or fall together, wherever the work is broken off and however many processes share it; no event that was kept is lost or counts twice.</summary>
public sealed class OneTransactionTests(ApiHouse house) : IClassFixture<ApiHouse>, IAsyncLifetime
{
    private IssuedSecrets _client = null!;
    private int _visit;
    private string _visits = "";

    public async ValueTask InitializeAsync()
    {
        _client = await house.ListenAsync(house.Acme);
        _visits = $"visit_{Guid.NewGuid():N}";
        _visit = await house.DefineAsync(house.Acme, _visits);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Table(string table) => table == "event_deliveries" ? "public.event_deliveries" : $"{house.Acme.Schema}.{table}";

    private Task<TriggeredCampaign> LiveAsync(int times, FollowUp? then = null) => house.LiveAsync(house.Acme, new([new(_visit, TriggerHouse.Anything)], times, null, then));

    private async Task<string> StateAsync() => string.Join(' ', await Task.WhenAll(new[] { "trigger_progress", "trigger_waits", "trigger_decisions", "trigger_totals", "trigger_seconds", "triggered_sends", "event_deliveries" }
        .Select(async t => $"{t}: {await house.App.Database.AskAsync<string>($"select md5(coalesce(string_agg(x, '|' order by x), '')) from (select {(t == "event_deliveries" ? "body" : "t::text")} as x from {Table(t)} t) rows")}")));

    // As if the process died there: the statement's transaction is gone. The code is one of those that say "try again".
    private Task BreakAsync(string table, string deed) => house.App.Database.RunAsync($"""
        create or replace function public.break_off() returns trigger language plpgsql as 'begin raise exception using errcode = ''40001'', message = ''broken off''; end';
        create trigger break_off before {deed} on {Table(table)} for each statement execute function public.break_off();
        """);

    private Task MendAsync(string table) => house.App.Database.RunAsync($"drop trigger break_off on {Table(table)}");

    [Fact]
    public async Task Broken_off_while_it_is_kept_nothing_is_left_of_an_event_and_telling_it_again_gives_one_decision()
    {
        await house.CustomersAsync(house.Acme, "K-event");
        var campaign = await LiveAsync(2);
        await house.ReportAsync(_client, house.Event(_visits, "K-event"));
        var (before, second) = (await StateAsync(), house.Event(_visits, "K-event"));
        await BreakAsync("customer_events", "insert");
        try
        {
            Assert.Equal(500, (await house.PostAsync("/events/ReportEvent", second, _client)).Status);
            Assert.Equal(before, await StateAsync());
        }
        finally
        {
            await MendAsync("customer_events");
        }
        await house.ReportAsync(_client, second);
        await house.ReportAsync(_client, second);
        Assert.Equal("K-event sent", await house.DecidedAsync(house.Acme, campaign.Id));
        Assert.Single(await house.NoticesAsync(house.Acme, campaign));
    }

    [Theory]
    [InlineData("trigger_progress", "insert or delete")]
    [InlineData("trigger_decisions", "insert")]
    [InlineData("trigger_totals", "insert or update")]
    [InlineData("event_deliveries", "insert")]
    [InlineData("trigger_mark", "update")]
    [InlineData("trigger_seconds", "insert or update")]
    public async Task Broken_off_at_any_statement_of_a_decision_nothing_is_left_of_it_and_whoever_goes_on_decides_once(string table, string deed)
    {
        var customer = $"K-{table}";
        await house.CustomersAsync(house.Acme, customer);
        var campaign = await LiveAsync(2);
        await house.ReportAsync(_client, house.Event(_visits, customer));
        var (before, second) = (await StateAsync(), house.Event(_visits, customer));
        await BreakAsync(table, deed);
        try
        {
            (await house.PostAsync("/events/ReportEvent", second, _client)).IsDone();
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => house.DecideAsync(house.Acme));
            Assert.Equal(before, await StateAsync());
        }
        finally
        {
            await MendAsync(table);
        }
        await house.DecideAsync(house.Acme);
        await house.ReportAsync(_client, second);
        Assert.Equal($"{customer} sent", await house.DecidedAsync(house.Acme, campaign.Id));
        Assert.Single(await house.NoticesAsync(house.Acme, campaign));
    }

    [Fact]
    public async Task A_wait_is_not_over_before_the_events_that_were_kept_have_been_decided_by()
    {
        await house.CustomersAsync(house.Acme, "K-late");
        var campaign = await LiveAsync(1, new(false, new(_visit, new Portal.Targeting.All([new Portal.Targeting.AttributeRule("page", Portal.Targeting.Operator.Is, ["/paid"])])), 1));
        await house.ReportAsync(_client, house.Event(_visits, "K-late", ago: TimeSpan.FromMinutes(5)));
        await BreakAsync("trigger_mark", "update");
        try
        {
            (await house.PostAsync("/events/ReportEvent", house.Event(_visits, "K-late", ago: TimeSpan.FromMinutes(4.5), parameters: """{"page":"/paid"}"""), _client)).IsDone();
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => house.DecideDueAsync(house.Acme));
        }
        finally
        {
            await MendAsync("trigger_mark");
        }
        await house.DecideDueAsync(house.Acme);
        Assert.Equal("", await house.DecidedAsync(house.Acme, campaign.Id));
    }

    [Fact]
    public async Task An_event_that_nobody_came_to_for_more_than_an_hour_sets_nothing_off()
    {
        await house.CustomersAsync(house.Acme, "K-down");
        var campaign = await LiveAsync(1);
        await BreakAsync("trigger_mark", "update");
        try
        {
            (await house.PostAsync("/events/ReportEvent", house.Event(_visits, "K-down", "down-1"), _client)).IsDone();
            await house.App.Database.RunAsync($"update {Table("customer_events")} set received_at = received_at - interval '61 minutes' where event_id = 'down-1'");
        }
        finally
        {
            await MendAsync("trigger_mark");
        }
        await house.DecideAsync(house.Acme);
        Assert.Equal("K-down excluded (decided more than an hour late)", await house.DecidedAsync(house.Acme, campaign.Id));
        await house.ReportAsync(_client, house.Event(_visits, "K-down"));
        Assert.Single(await house.NoticesAsync(house.Acme, campaign));
    }

    [Fact]
    public async Task While_nobody_decides_a_few_thousand_events_are_kept_and_then_no_more_until_they_have_been_decided_by()
    {
        string Many(int call) => $"[{string.Join(',', Enumerable.Range(0, 1000).Select(i => house.Event(_visits, $"R-{i}", $"room-{call}-{i}")))}]";
        await BreakAsync("trigger_mark", "update");
        try
        {
            for (var call = 0; call < 6; call++) (await house.PostAsync("/events/ReportEvents", Many(call), _client)).IsDone();
            (await house.PostAsync("/events/ReportEvents", Many(6), _client)).IsRefused(429, "Too many events wait");
        }
        finally
        {
            await MendAsync("trigger_mark");
        }
        await house.DecideAsync(house.Acme);
        (await house.PostAsync("/events/ReportEvents", Many(6), _client)).IsDone();
        Assert.Equal(7000, await house.App.Database.AskAsync<long>($"select count(*) from {Table("customer_events")} where event_id like 'room-%'"));
    }

    [Fact]
    public async Task An_event_that_cannot_be_decided_by_is_left_out_and_those_behind_it_are_not()
    {
        await house.CustomersAsync(house.Acme, "L-1", "L-poison", "L-2");
        var campaign = await LiveAsync(1);
        await house.App.Database.RunAsync($"""
            create or replace function public.refuse_decision() returns trigger language plpgsql as 'begin if new.customer_id = ''L-poison'' then raise exception ''poison''; end if; return new; end';
            create trigger refuse_decision before insert on {Table("trigger_decisions")} for each row execute function public.refuse_decision();
            """);
        try
        {
            await house.ReportAsync(_client, house.Event(_visits, "L-1"), house.Event(_visits, "L-poison"), house.Event(_visits, "L-2"));
        }
        finally
        {
            await house.App.Database.RunAsync($"drop trigger refuse_decision on {Table("trigger_decisions")}");
        }
        await house.ReportAsync(_client, house.Event(_visits, "L-poison"));
        Assert.Equal("L-1 sent, L-2 sent, L-poison sent", await house.DecidedAsync(house.Acme, campaign.Id));
        Assert.Equal("excluded could not be decided 1, sent  3", await house.App.Database.AskAsync<string>(
            $"select string_agg(fate || ' ' || reason || ' ' || decisions, ', ' order by fate) from {Table("trigger_totals")} where campaign_id = {campaign.Id}"));
    }

    [Fact]
    public async Task Where_every_event_fails_no_more_than_one_is_left_out_at_a_time_and_the_rest_are_decided_by_once_it_is_mended()
    {
        string[] people = [.. Enumerable.Range(0, 20).Select(i => $"M-{i}")];
        await house.CustomersAsync(house.Acme, people);
        var campaign = await LiveAsync(1);
        await house.App.Database.RunAsync($"""
            create or replace function public.refuse_decision() returns trigger language plpgsql as 'begin raise exception ''refused''; end';
            create trigger refuse_decision before insert on {Table("trigger_decisions")} for each row execute function public.refuse_decision();
            """);
        try
        {
            (await house.PostAsync("/events/ReportEvents", $"[{string.Join(',', people.Select(p => house.Event(_visits, p)))}]", _client)).IsDone();
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => house.DecideAsync(house.Acme));
        }
        finally
        {
            await house.App.Database.RunAsync($"drop trigger refuse_decision on {Table("trigger_decisions")}");
        }
        await house.DecideAsync(house.Acme);
        // The worker that hears of the events takes its turn too.
        Assert.InRange((await house.DecidedAsync(house.Acme, campaign.Id)).Split(", ").Count(d => d.EndsWith(" sent", StringComparison.Ordinal)), 18, 19);
    }

    [Fact]
    public async Task A_wait_whose_decision_is_broken_off_is_still_there_and_decided_once()
    {
        await house.CustomersAsync(house.Acme, "K-wait");
        var campaign = await LiveAsync(1, new(false, new(_visit, new Portal.Targeting.Any([new Portal.Targeting.AttributeRule("page", Portal.Targeting.Operator.Is, ["/never"])])), 1));
        await house.ReportAsync(_client, house.Event(_visits, "K-wait", ago: TimeSpan.FromMinutes(5)));
        await house.App.Database.RunAsync($"""
            create or replace function public.break_off() returns trigger language plpgsql as 'begin raise exception ''broken off''; end';
            create trigger break_off before insert on {Table("event_deliveries")} for each statement execute function public.break_off();
            """);
        try
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => house.DecideDueAsync(house.Acme));
        }
        finally
        {
            await house.App.Database.RunAsync($"drop trigger break_off on {Table("event_deliveries")}");
        }
        Assert.Equal("", await house.DecidedAsync(house.Acme, campaign.Id));
        await house.DecideDueAsync(house.Acme);
        await house.DecideDueAsync(house.Acme);
        Assert.Equal("K-wait sent", await house.DecidedAsync(house.Acme, campaign.Id));
    }

    [Fact]
    public async Task One_calls_fault_is_not_the_others_loss()
    {
        await house.App.Database.RunAsync($"""
            create or replace function public.refuse_poison() returns trigger language plpgsql as 'begin if new.customer_id = ''poison'' then raise exception ''poison''; end if; return new; end';
            create trigger refuse_poison before insert on {Table("customer_events")} for each row execute function public.refuse_poison();
            """);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => house.PostAsync("/events/ReportEvent", house.Event(_visits, i % 20 == 7 ? "poison" : $"well-{i}"), _client)));
        await house.App.Database.RunAsync($"drop trigger refuse_poison on {Table("customer_events")}");
        Assert.Equal((95, 5), (answers.Count(a => a.Status == 200), answers.Count(a => a.Status == 500)));
    }

    [Fact]
    public async Task Two_processes_that_are_told_of_the_same_customers_decide_each_once()
    {
        await using var second = house.App.Start("Development").WithWebHostBuilder(b => b.UseUrls("http://127.0.0.1:0"));
        second.UseKestrel();
        await Task.Run(second.StartServer, TestContext.Current.CancellationToken);
        using var other = second.CreateClient();
        string[] people = [.. Enumerable.Range(0, 40).Select(i => $"two-{i}")];
        await house.CustomersAsync(house.Acme, people);
        var campaign = await LiveAsync(3);
        // Each customer visits five times; every visit is told to both processes.
        var visits = people.SelectMany(p => Enumerable.Range(0, 5).Select(_ => house.Event(_visits, p))).ToList();
        await Parallel.ForEachAsync(visits.Concat(visits), TestContext.Current.CancellationToken, async (visit, cancellation) =>
        {
            var (first, then) = Random.Shared.Next(2) == 0 ? (house.Http, other) : (other, house.Http);
            foreach (var http in new[] { first, then })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/events/ReportEvent") { Content = new StringContent(visit, System.Text.Encoding.UTF8, "application/json") };
                request.Headers.Add("X-API-KEY", _client.Key);
                using var answer = await http.SendAsync(request, cancellation);
                Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
            }
        });
        await house.DecideAsync(house.Acme);
        Assert.Equal(people.Order(StringComparer.Ordinal).Select(p => $"{p} sent"), (await house.DecidedAsync(house.Acme, campaign.Id)).Split(", ").Order(StringComparer.Ordinal));
        Assert.Equal(40, (await house.NoticesAsync(house.Acme, campaign)).Length);
        Assert.Equal(200, await house.App.Database.AskAsync<long>($"select count(*) from {house.Acme.Schema}.customer_events where customer_id like 'two-%'"));
    }
}
