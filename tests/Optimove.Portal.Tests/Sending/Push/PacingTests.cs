using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Sending.Faults;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.Push;

public sealed class PacingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Chunk = 5_000;
    private static readonly SendPace Pace = new(250_000, TimeSpan.FromMinutes(30));

    [Fact]
    public async Task Hand_overs_of_one_account_never_pass_its_pace_in_any_window_and_stay_within_two_percent_of_it()
    {
        await using var world = await SendingWorld.CreateAsync(database, 10);
        var grants = await world.InTenantAsync(async s =>
        {
            // Three campaigns at once, each with a pacing of its own, as in three processes; time stands still while they ask.
            var clock = new ManualTimeProvider(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
            var campaigns = Enumerable.Range(0, 3).Select(_ => new Pacing(s.GetRequiredService<TenantDatabase>(), s.GetRequiredService<TenantContext>(),
                s.GetRequiredService<IDbContextFactory<PortalDb>>(), clock)).ToList();
            var granted = await Task.WhenAll(Enumerable.Range(0, 240).Select(async n => (At: await campaigns[n % 3].GrantAsync("mobilepush acme", Chunk, Pace), Recipients: n > 230 ? 1_200 : Chunk)));
            return granted.OrderBy(g => g.At).ToList();
        });

        // A window may begin with any grant.
        Assert.All(grants, first => Assert.InRange(grants.Where(g => g.At >= first.At && g.At < first.At + Pace.Per).Sum(g => g.Recipients), 0, Pace.Recipients));
        var full = grants.TakeWhile(g => g.Recipients == Chunk).ToList();
        var handedOver = full.SkipLast(1).Sum(g => g.Recipients);
        var took = full[^1].At - full[0].At;
        Assert.InRange(handedOver / (took / Pace.Per) / Pace.Recipients, 0.98, 1);
    }

    [Fact]
    public async Task Another_account_does_not_wait()
    {
        await using var world = await SendingWorld.CreateAsync(database, 10, slug: "other");
        await world.InTenantAsync(async s =>
        {
            var pacing = s.GetRequiredService<Pacing>();
            await pacing.GrantAsync("mobilepush acme", 250_000, Pace);
            Assert.InRange(await pacing.GrantAsync("mobilepush other", 5_000, Pace), DateTimeOffset.MinValue, TimeProvider.System.GetUtcNow().AddSeconds(5));
            Assert.InRange(await pacing.GrantAsync("mobilepush acme", 5_000, Pace), TimeProvider.System.GetUtcNow().AddMinutes(29), TimeProvider.System.GetUtcNow().AddMinutes(31));
            return true;
        });
    }
}
