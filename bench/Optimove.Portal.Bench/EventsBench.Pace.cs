using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Optimove.Portal.Bench;

public static partial class EventsBench
{
    private const int PerSecond = 5_000, InCall = 10, MetEvery = 50, Senders = 32;
    private const double MostMilliseconds = 100;
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("BENCH_PACE_SECONDS"), out var seconds) ? seconds : 60), Patience = TimeSpan.FromSeconds(30);

    private static async Task<bool> KeepPaceAsync(WebApplication app, HttpClient http)
    {
        var all = (int)(PerSecond * Minute.TotalSeconds);
        Arrivals.Expect(all / MetEvery);
        var began = Stopwatch.GetTimestamp();
        var late = (await Task.WhenAll(Enumerable.Range(0, Senders).Select(s => Task.Run(() => SendAsync(http, began, s, all))))).Max();
        var took = Stopwatch.GetElapsedTime(began);
        var (called, delays) = await Arrivals.AllAsync(Patience);
        var (median, worst) = (delays[delays.Count / 2], delays[(int)(delays.Count * 0.99)]);
        var held = called == all / MetEvery && worst < MostMilliseconds;
        Console.WriteLine($"  {all:N0} events in calls of {InCall} over {took.TotalSeconds:F1} s ({all / took.TotalSeconds:N0} a second, none sent more than {late.TotalMilliseconds:N0} ms behind its time); {all / MetEvery:N0} met a trigger, {called:N0} reached the listener");
        Console.WriteLine($"  from when an event was due to the listener's call: median {median:F1} ms, p99 {worst:F1} ms, longest {delays[^1]:F1} ms; limit of p99 {MostMilliseconds} ms: {(held ? "held" : "broken")}");
        return held;
    }

    /// <summary>Makes every <see cref="Senders"/>th call at its time, or as soon as the one before was answered.</summary>
    /// <returns>How far behind its time the latest was made.</returns>
    private static async Task<TimeSpan> SendAsync(HttpClient http, long began, int sender, int all)
    {
        var (late, random) = (TimeSpan.Zero, new Random(sender));
        for (var n = sender * InCall; n < all; n += Senders * InCall)
        {
            var due = TimeSpan.FromSeconds((double)n / PerSecond);
            var behind = Stopwatch.GetElapsedTime(began) - due;
            if (behind < TimeSpan.Zero) await Task.Delay(-behind);
            if (behind > late) late = behind;
            var events = Enumerable.Range(n, InCall).Select(i =>
            {
                if (i % MetEvery != 0) return Event(random);
                Arrivals.Due(i / MetEvery, began + (long)(due.TotalSeconds * Stopwatch.Frequency));
                return Checkout(i / MetEvery);
            });
            using var content = new StringContent($"[{string.Join(',', events)}]", Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync("/Events/ReportEvents", content);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        return late;
    }

    private static string Checkout(int customer) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"EventID":"{{Guid.NewGuid():N}}","EventType":"checkout","CustomerID":"C-{{customer}}","TimeStamp":"{{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm:ss.fff}}","Parameters":{} }""");

    /// <summary>When the event of each customer was due, and when its notice came.</summary>
    private static class Arrivals
    {
        private static long[] _due = [], _came = [];
        private static int _waited;
        private static TaskCompletionSource _all = new();

        public static void Expect(int customers)
        {
            (_due, _came, _waited) = (new long[customers], new long[customers], customers);
            _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        public static void Due(int customer, long at) => _due[customer] = at;

        public static async Task TakeAsync(HttpContext http)
        {
            var now = Stopwatch.GetTimestamp();
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            var customer = int.Parse(body.RootElement.GetProperty("customerID").GetString().AsSpan(2), CultureInfo.InvariantCulture);
            if (Interlocked.CompareExchange(ref _came[customer], now, 0) == 0 && Interlocked.Decrement(ref _waited) == 0) _all.TrySetResult();
        }

        /// <returns>For how many customers the listener was called, and after how many milliseconds, the shortest first.</returns>
        public static async Task<(int Called, List<double> Delays)> AllAsync(TimeSpan patience)
        {
            await Task.WhenAny(_all.Task, Task.Delay(patience));
            List<double> delays = [.. _came.Select((came, i) => (Came: came, Due: _due[i])).Where(a => a.Came > 0).Select(a => Stopwatch.GetElapsedTime(a.Due, a.Came).TotalMilliseconds).Order()];
            return (delays.Count, delays);
        }
    }
}
