using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Running;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.MailChimp;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Bench;

/// <summary>The push of 250,000 recipients, ledger included, against a bare loop of ten connections that posts the same chunks to the same twin.</summary>
public static class PushBench
{
    private const double LeastRatio = 0.9;
    private const int Recipients = 250_000, Chunk = 500, Connections = 10;
    private const string Key = "bench0key-us6", List = "abc123";
    // A call to a provider over the internet takes at least this long; the figure without it is printed beside.
    private static readonly TimeSpan AnswerAfter = TimeSpan.FromMilliseconds(40);
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("BENCH_ROUNDS"), out var rounds) ? rounds : 5;

    public static async Task<bool> RunAsync()
    {
        await using var cluster = await BenchCluster.StartAsync();
        await using var world = await SendingBenchWorld.CreateAsync(cluster);
        var twins = new TwinWorld(TimeProvider.System);
        var account = twins.AddMailChimp("bench", Key);
        account.SegmentDelay = TimeSpan.Zero;
        account.AddDomain("bench.example");
        account.AddList(List, "Everybody");
        account.AddTemplate(new() { Id = 7, Name = "Bench", Html = "<p>Bench</p>" });
        account.AddMembers(List, Enumerable.Range(1, SendingBenchWorld.Customers).Select(n => $"customer{n}@mail{n % 7}.example"));
        await using var twin = await TwinHost.StartAsync(twins);
        Console.WriteLine($"push: {Recipients:N0} recipients in chunks of {Chunk}; {Rounds} rounds, medians");
        var near = await MeasureAsync(world, twin, account, TimeSpan.Zero);
        var real = await MeasureAsync(world, twin, account, AnswerAfter);
        Console.WriteLine($"  limit {LeastRatio} at {AnswerAfter.TotalMilliseconds} ms a call: {(real >= LeastRatio ? "held" : "broken")}; without network time, where both loops fill the same two cores: {near:F2}");
        return real >= LeastRatio;
    }

    private static async Task<double> MeasureAsync(SendingBenchWorld world, TwinHost twin, MailChimpAccount account, TimeSpan answerAfter)
    {
        List<double> bare = [], ours = [];
        for (var round = 0; round <= Rounds; round++)
        {
            account.Faults.Clear();
            var address = twin.MailChimp("bench");
            var occurrence = await world.AddCampaignAsync(Recipients * 1053 / 1000, address, Key, List);
            var bodies = Bodies();
            if (answerAfter > TimeSpan.Zero) account.Faults.Set(new Fault(FaultKind.Slow) { Endpoint = "POST /lists/{list_id}/segments/{segment_id}", Delay = answerAfter });
            var loop = await BareAsync(address, bodies);
            var (seconds, sent) = await OursAsync(world, occurrence);
            if (round == 0) continue;
            bare.Add(bodies.Count * Chunk / loop);
            ours.Add(sent / seconds);
        }
        Console.WriteLine($"  answer after {answerAfter.TotalMilliseconds} ms: bare loop {Median(bare):N0} recipients/s   1.00;   push with ledger {Median(ours):N0}   {Median(ours) / Median(bare):F2}");
        return Median(ours) / Median(bare);
    }

    private static List<byte[]> Bodies() =>
    [
        .. Enumerable.Range(1, Recipients).Select(n => $"customer{n}@mail{n % 7}.example").Chunk(Chunk)
            .Select(c => JsonSerializer.SerializeToUtf8Bytes(new { members_to_add = c, members_to_remove = Array.Empty<string>() })),
    ];

    private static async Task<double> BareAsync(Uri address, List<byte[]> bodies)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("any:" + Key)));
        using var made = await client.PostAsync($"lists/{List}/segments", Json(JsonSerializer.SerializeToUtf8Bytes(new { name = $"bare-{Guid.NewGuid():N}", static_segment = Array.Empty<string>() })));
        var id = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetInt32();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (body, cancellation) =>
        {
            using var answer = await client.PostAsync($"lists/{List}/segments/{id}", Json(body), cancellation);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(cancellation);
        });
        return clock.Elapsed.TotalSeconds;
    }

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    // From the fixed list to the last answer: the times that the product itself records.
    private static async Task<(double Seconds, int Sent)> OursAsync(SendingBenchWorld world, int occurrence) => await world.InTenantAsync(async s =>
    {
        await s.GetRequiredService<AdvanceOccurrences>().RunAsync(CancellationToken.None);
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var o = await db.Occurrences.SingleAsync(x => x.Id == occurrence);
        if (o.State != OccurrenceState.HandedOver || o.StillToGo != 0) throw new InvalidOperationException($"The push did not end: {o.State} {o.Sentence}");
        return ((o.HandedOverAt!.Value - o.PushStartedAt!.Value).TotalSeconds, o.ToSend);
    });

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
