using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Bench;

/// <summary>MobilePush's pace in virtual time: two million recipients of four campaigns through one account, as four processes would ask for them.</summary>
public static class PaceBench
{
    private const double LeastRatio = 0.98;
    private const int Recipients = 2_000_000, Campaigns = 4;

    public static async Task<bool> RunAsync()
    {
        await using var cluster = await BenchCluster.StartAsync();
        await using var world = await SendingBenchWorld.CreateAsync(cluster);
        var grants = await world.InTenantAsync(GrantAsync);
        var (pace, _) = await world.InTenantAsync(s => Task.FromResult(Limit(s)));
        var most = grants.Max(first => grants.Where(g => g.At >= first.At && g.At < first.At + pace.Per).Sum(g => (long)g.Recipients)) / (double)pace.Recipients;
        var took = grants[^1].At - grants[0].At;
        var rate = grants.SkipLast(1).Sum(g => (long)g.Recipients) / (took / pace.Per) / pace.Recipients;
        var held = most <= 1 && rate >= LeastRatio;
        Console.WriteLine($"pace: {Recipients:N0} recipients of {Campaigns} campaigns, {pace.Recipients:N0} in {pace.Per.TotalMinutes:0} minutes, virtual time");
        Console.WriteLine($"  fullest window of any position {most:F3} of the limit, limit 1; over all {rate:F3} of it, limit {LeastRatio}: {(held ? "held" : "broken")}");
        return held;
    }

    private static (SendPace Pace, int Chunk) Limit(IServiceProvider services)
    {
        var info = services.GetRequiredService<ProviderCatalog>()["mobilepush"].Info;
        return (info.Pace!, info.ChunkSize);
    }

    private static async Task<List<(DateTimeOffset At, int Recipients)>> GrantAsync(IServiceProvider services)
    {
        var (pace, chunk) = Limit(services);
        var clock = new StandingClock(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var pacings = Enumerable.Range(0, Campaigns).Select(_ => new Pacing(services.GetRequiredService<TenantDatabase>(), services.GetRequiredService<TenantContext>(),
            services.GetRequiredService<IDbContextFactory<PortalDb>>(), clock)).ToList();
        var granted = await Task.WhenAll(Enumerable.Range(0, Recipients / chunk).Select(async n => (At: await pacings[n % Campaigns].GrantAsync("mobilepush bench", chunk, pace), Recipients: chunk)));
        return [.. granted.OrderBy(g => g.At)];
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
