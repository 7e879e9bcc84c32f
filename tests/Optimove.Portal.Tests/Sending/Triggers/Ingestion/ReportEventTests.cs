using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Sending.Triggers.Events;
using Optimove.Portal.Sending.Triggers.Live;
using Optimove.Portal.Tests.PartnerApi;

namespace Optimove.Portal.Tests.Sending.Triggers.Ingestion;

public sealed class ReportEventTests(ApiHouse house) : IClassFixture<ApiHouse>, IAsyncLifetime
{
    private const string One = "/current/Events/ReportEvent", Many = "/current/Events/ReportEvents";
    private IssuedSecrets _client = null!;

    public async ValueTask InitializeAsync()
    {
        _client = await house.IssueAsync(house.Acme);
        if (await house.App.Database.AskAsync<long>($"select count(*) from event_definitions where tenant_id = {house.Acme.Id}") == 0) await house.DefineAsync(house.Acme, "page_visit");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<string?> KeptAsync(string like) => house.App.Database.AskAsync<string>($"select string_agg(event_id || ' ' || customer_id || ' ' || parameters, ', ' order by event_id) from {house.Acme.Schema}.customer_events where event_id like '{like}'");

    [Fact]
    public async Task An_event_is_kept_before_the_answer_comes_and_told_again_changes_nothing()
    {
        var told = house.Event("PAGE_visit", "C-1", "keep-1", parameters: """{"page":"/shoes","SECONDS":12,"amount":9.5,"member":true,"since":"2024-05-01T10:00:00+02:00"}""");
        (await house.PostAsync(One, told, _client)).IsDone();
        const string expected = """keep-1 C-1 {"Page":"/shoes","seconds":12,"amount":9.5,"member":true,"since":"2024-05-01 08:00:00"}""";
        Assert.Equal(expected, await KeptAsync("keep-%"));
        (await house.PostAsync(One, told, _client)).IsDone();
        (await house.PostAsync(One, house.Event("page_visit", "C-2", "keep-1"), _client)).IsDone();
        Assert.Equal(expected, await KeptAsync("keep-%"));
    }

    [Fact]
    public async Task An_event_that_is_only_to_be_checked_is_refused_like_any_other_and_not_kept()
    {
        (await house.PostAsync(One + "?checkonly=true", house.Event("page_visit", "C-1", "check-1"), _client)).IsDone();
        (await house.PostAsync(Many + "?CheckOnly=True", $"[{house.Event("page_visit", "C-1", "check-2")}]", _client)).IsDone();
        (await house.PostAsync(One + "?CheckOnly=true", house.Event("nothing", "C-1", "check-3"), _client)).IsRefused(400, "not defined");
        Assert.Equal(400, (await house.PostAsync(One + "?CheckOnly=perhaps", house.Event("page_visit", "C-1", "check-4"), _client)).Status);
        Assert.Null(await KeptAsync("check-%"));
        (await house.PostAsync(One + "?CheckOnly=false", house.Event("page_visit", "C-1", "check-1"), _client)).IsDone();
        Assert.StartsWith("check-1", await KeptAsync("check-%"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_needs_no_parameters_and_takes_a_number_as_id_and_every_written_time()
    {
        var now = house.Clock.GetUtcNow().UtcDateTime;
        foreach (var (time, n) in new[] { $"{now:yyyy-MM-dd HH:mm:ss}", $"{now:yyyy-MM-dd'T'HH:mm:ss}Z", $"{now.AddHours(2):yyyy-MM-dd'T'HH:mm:ss.fff}+02:00", $"{now:yyyy-MM-dd'T'HH:mm:ss.fffffff}" }.Select((t, n) => (t, n)))
        {
            (await house.PostAsync("/events/reportevent", $$"""{"eventid":"plain-{{n}}","eventtype":"page_visit","customerid":77,"time":"{{time}}"}""", _client)).IsDone();
        }
        Assert.Equal(4, await house.App.Database.AskAsync<long>($"select count(*) from {house.Acme.Schema}.customer_events where event_id like 'plain-%' and customer_id = '77' and occurred_at between now() - interval '1 minute' and now() + interval '1 minute'"));
    }

    [Theory]
    [InlineData("EventType", "\"nothing\"", "EventType \"nothing\" is not defined")]
    [InlineData("EventType", "null", "EventType is missing")]
    [InlineData("EventID", "\"12345678901234567890123456789012345678901234567890123456789012345\"", "EventID is longer than 64")]
    [InlineData("EventID", "\" \"", "EventID is empty")]
    [InlineData("CustomerID", "null", "CustomerID is missing")]
    [InlineData("TimeStamp", "\"yesterday\"", "TimeStamp must be")]
    [InlineData("TimeStamp", "\"2020-01-01 10:00:00\"", "more than 24 hours in the past")]
    [InlineData("TimeStamp", "\"2199-01-01T10:00:00Z\"", "more than 5 minutes in the future")]
    [InlineData("Parameters", "{\"colour\":1}", "page_visit has no parameter \"colour\"")]
    [InlineData("Parameters", "{\"seconds\":1.5}", "seconds must be a whole number")]
    [InlineData("Parameters", "{\"seconds\":\"12\"}", "seconds must be a whole number")]
    [InlineData("Parameters", "{\"page\":7}", "Page must be a text")]
    [InlineData("Parameters", "{\"member\":1}", "member must be true or false")]
    [InlineData("Parameters", "{\"since\":\"soon\"}", "since must be a time")]
    [InlineData("Parameters", "{\"page\":[\"x\"]}", "an object of plain values")]
    [InlineData("Parameters", "[]", "Parameters must be a JSON object")]
    public async Task An_event_that_is_not_sound_is_refused_with_a_sentence(string field, string value, string sentence)
    {
        var sound = System.Text.Json.Nodes.JsonNode.Parse(house.Event("page_visit", "C-1", "bad-1"))!;
        sound[field] = System.Text.Json.Nodes.JsonNode.Parse(value);
        (await house.PostAsync(One, sound.ToJsonString(), _client)).IsRefused(400, sentence);
        Assert.Null(await KeptAsync("bad-%"));
    }

    [Fact]
    public async Task An_event_at_the_edge_of_the_clock_is_taken_and_one_beyond_it_is_not()
    {
        (await house.PostAsync(One, house.Event("page_visit", "C-1", ago: TimeSpan.FromHours(23.9)), _client)).IsDone();
        (await house.PostAsync(One, house.Event("page_visit", "C-1", ago: TimeSpan.FromMinutes(-4)), _client)).IsDone();
        (await house.PostAsync(One, house.Event("page_visit", "C-1", ago: TimeSpan.FromHours(24.1)), _client)).IsRefused(400, "24 hours");
        (await house.PostAsync(One, house.Event("page_visit", "C-1", ago: TimeSpan.FromMinutes(-6)), _client)).IsRefused(400, "5 minutes");
    }

    [Fact]
    public async Task A_bulk_call_is_taken_whole_or_not_at_all()
    {
        string[] events = [.. Enumerable.Range(0, 20).Select(i => house.Event("page_visit", $"B-{i}", $"bulk-{i:00}"))];
        (await house.PostAsync(Many, $"[{string.Join(',', events)},{house.Event("nothing", "B-20", "bulk-20")}]", _client)).IsRefused(400, "EventType \"nothing\" is not defined in item 21");
        Assert.Null(await KeptAsync("bulk-%"));
        (await house.PostAsync(Many, $"[{string.Join(',', events)},{events[3]}]", _client)).IsDone();
        Assert.Equal(20, (await KeptAsync("bulk-%"))!.Split(", ").Length);
        (await house.PostAsync(Many, "[]", _client)).IsDone();
    }

    [Fact]
    public async Task A_thousand_events_are_taken_and_one_more_refuses_all()
    {
        static string Join(IEnumerable<string> events) => $"[{string.Join(',', events)}]";
        (await house.PostAsync(Many, Join(Enumerable.Range(0, 1001).Select(i => house.Event("page_visit", "K", $"thousand-{i}"))), _client)).IsRefused(400, "at most 1000");
        Assert.Null(await KeptAsync("thousand-%"));
        (await house.PostAsync(Many, Join(Enumerable.Range(0, 1000).Select(i => house.Event("page_visit", "K", $"thousand-{i}"))), _client)).IsDone();
        Assert.Equal(1000, await house.App.Database.AskAsync<long>($"select count(*) from {house.Acme.Schema}.customer_events where event_id like 'thousand-%'"));
    }

    [Fact]
    public async Task Many_calls_at_once_are_each_answered_once_their_event_is_kept()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), TestContext.Current.CancellationToken, async (i, _) =>
        {
            (await house.PostAsync(One, house.Event("page_visit", $"P-{i}", $"many-{i / 2}"), _client)).IsDone();
            Assert.NotNull(await KeptAsync($"many-{i / 2}"));
        });
        Assert.Equal(100, await house.App.Database.AskAsync<long>($"select count(*) from {house.Acme.Schema}.customer_events where event_id like 'many-%'"));
    }

    [Fact]
    public async Task A_partners_key_reports_nothing_and_another_client_knows_neither_events_nor_ids_of_this_one()
    {
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 250);
        (await house.PostAsync(One, house.Event("page_visit", "C-1", "wall-1"), partner)).IsRefused(403, "needs a client key");
        var stranger = await house.IssueAsync(house.Globex);
        (await house.PostAsync(One, house.Event("page_visit", "C-1", "wall-1"), stranger)).IsRefused(400, "is not defined");
        await house.DefineAsync(house.Globex, "page_visit");
        (await house.PostAsync(One, house.Event("page_visit", "Of globex", "wall-1"), stranger)).IsDone();
        (await house.PostAsync(One, house.Event("page_visit", "Of acme", "wall-1"), _client)).IsDone();
        Assert.Equal("wall-1 Of acme {}", await KeptAsync("wall-%"));
        Assert.Equal("Of globex", await house.App.Database.AskAsync<string>($"select string_agg(customer_id, ',') from {house.Globex.Schema}.customer_events"));
    }

    [Fact]
    public async Task A_retired_event_is_refused_and_old_ones_are_tidied_away()
    {
        var id = await house.DefineAsync(house.Acme, "short_lived");
        (await house.PostAsync(One, house.Event("short_lived", "C-1", "tidy-1"), _client)).IsDone();
        await house.InAsync(house.Acme, s => s.GetRequiredService<RetireEventDefinition>().RunAsync(id));
        (await house.PostAsync(One, house.Event("short_lived", "C-1", "tidy-2"), _client)).IsRefused(400, "is not defined");
        await house.App.Database.RunAsync($"update {house.Acme.Schema}.customer_events set received_at = now() - interval '31 days' where event_id = 'tidy-1'");
        (await house.PostAsync(One, house.Event("page_visit", "C-1", "tidy-3"), _client)).IsDone();
        await house.InAsync(house.Acme, s => s.GetRequiredService<TidyEvents>().RunAsync());
        Assert.Equal("tidy-3 C-1 {}", await KeptAsync("tidy-%"));
    }
}
