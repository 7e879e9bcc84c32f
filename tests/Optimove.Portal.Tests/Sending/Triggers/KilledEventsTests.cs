using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Tests.Channels.Partners.Events;
using Optimove.Portal.Tests.PartnerApi;
using Optimove.Portal.Tests.Sending.Faults;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.Triggers;

/// <summary>
/// The portal is killed (SIGKILL) while an event is being reported, while its listener thinks about a notice, and right after the listener took one, and started again.
/// The client reports an event until it is answered; every one of them meets the trigger.
/// </summary>
public sealed class KilledEventsTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const int Points = 40, Customers = 6000;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);
    private readonly ConcurrentQueue<string> _arrived = new();
    private readonly SemaphoreSlim _struck = new(0);
    private readonly Lock _gate = new();
    private readonly string _address = PortalChild.FreeAddress();
    private PortalChild? _portal;
    private int _killed, _steps;
    private Life _life;
    private string _last = "";

    private enum KillAt { Report, Notice, Answer }
    private enum Life { Starting, Answering, Struck }

    [Fact]
    public async Task Whenever_the_portal_is_killed_every_event_decides_once_and_every_notice_arrives_at_least_once_in_its_order()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answers = got =>
        {
            using var body = JsonDocument.Parse(got.Body);
            _arrived.Enqueue(body.RootElement.GetProperty("customerID").GetString()!);
            Step(KillAt.Notice);
            return Task.FromResult(200);
        };
        receiver.Answered = _ => Step(KillAt.Answer);
        var client = await PrepareAsync(receiver.At("/killed"));
        using var stop = new CancellationTokenSource();
        Task<int>? reporting = null;
        try
        {
            for (var life = 0; life <= Points; life++)
            {
                lock (_gate) (_steps, _life) = (0, Life.Starting);
                _portal = PortalChild.Start(house.App.Database.Options, ("ASPNETCORE_URLS", _address), ("Events__Lease", "00:00:01"));
                reporting ??= Task.Run(() => ReportAsync(client, stop.Token), TestContext.Current.CancellationToken);
                if (life < Points) Assert.True(await _struck.WaitAsync(Deadline, TestContext.Current.CancellationToken), $"Nothing came in life {life}. {_killed} killed, step {_steps}, {_life}, {_arrived.Count} arrived, the last report: {_last}\n{_portal.Said}");
                else
                {
                    await stop.CancelAsync();
                    await reporting;
                    await Eventually.Async(async () => await house.App.Database.AskAsync<bool>($"select decided = (select max(number) from {house.Acme.Schema}.customer_events) from {house.Acme.Schema}.trigger_mark"), Deadline, "every event to be decided by");
                    await Eventually.Async(async () => await house.App.Database.AskAsync<long>("select count(*) from event_deliveries where next_try_at is not null") == 0, Deadline, "everything to be taken");
                }
                _portal.Dispose();
                _portal = null;
            }
        }
        finally
        {
            _portal?.Dispose();
        }
        var told = Enumerable.Range(1, await reporting!).Select(Customer).ToList();
        Assert.Equal(Points, _killed);
        Assert.True(told.Count >= Points);
        Assert.Equal(told, _arrived.Distinct());
        Assert.Equal($"{told.Count} {told.Count} {told.Count}", await house.App.Database.AskAsync<string>($"""
            select (select count(*) from {house.Acme.Schema}.customer_events) || ' ' || (select count(*) from {house.Acme.Schema}.trigger_decisions where fate = 'sent') || ' '
              || (select count(*) from event_deliveries where delivered_at is not null and given_up_at is null)
            """));
    }

    // The kinds of points take turns, and so do their places in a life, which begins with the first answer.
    private void Step(KillAt at)
    {
        lock (_gate)
        {
            if (_life != Life.Answering || _killed >= Points || (int)at != _killed % 3 || ++_steps != 1 + _killed % 5) return;
            (_killed, _life) = (_killed + 1, Life.Struck);
            _portal!.Kill();
            _struck.Release();
        }
    }

    private async Task<IssuedSecrets> PrepareAsync(Uri listener)
    {
        var client = await house.IssueAsync(house.Acme);
        (await house.PostAsync("/general/RegisterEventListener", $$"""{"EventTypeID":11,"ListenerURL":"{{listener}}","ChannelID":250}""", client)).IsDone();
        await house.ListenAsync(house.Acme);
        var visit = await house.DefineAsync(house.Acme, "visit");
        await house.LiveAsync(house.Acme, new TriggerRule([new(visit, TriggerHouse.Anything)], 1, null, null));
        await house.App.Database.RunAsync($"insert into {house.Acme.Schema}.customers (customer_id) select 'C-' || n from generate_series(1, {Customers}) n");
        return client;
    }

    /// <returns>How many customers an event was reported of, each until it was answered with a 200.</returns>
    private async Task<int> ReportAsync(IssuedSecrets client, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new(_address), Timeout = TimeSpan.FromSeconds(20), DefaultRequestHeaders = { { "X-API-KEY", client.Key } } };
        var told = 0;
        while (told < Customers && !stop.IsCancellationRequested)
        {
            var body = house.Event("visit", Customer(++told));
            await Eventually.Async(() => TellAsync(http, body), Deadline, $"an answer to the event of {Customer(told)}");
        }
        return told;
    }

    private async Task<bool> TellAsync(HttpClient http, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            var reporting = http.PostAsync("/current/Events/ReportEvent", content, CancellationToken.None);
            Step(KillAt.Report);
            using var answer = await reporting;
            _last = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
            if (answer.StatusCode != HttpStatusCode.OK) return false;
            lock (_gate) _life = _life == Life.Starting ? Life.Answering : _life;
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            _last = e.Message;
            return false;
        }
    }

    private static string Customer(int number) => string.Create(CultureInfo.InvariantCulture, $"C-{number}");
}
