using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.Faults;

/// <summary>The portal is killed (SIGKILL) at each call of a push, before the provider hears of it and after it took effect, and started again.</summary>
public sealed class KilledPushTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Customers = 8_300;
    private const int Calls = 21;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Whenever_the_portal_is_killed_during_a_push_everyone_is_reached_exactly_once()
    {
        KillingProxy? proxy = null;
        await using var world = await SendingWorld.CreateAsync(database, Customers, async twin => (proxy = await KillingProxy.StartAsync(twin)).Address);
        var points = from call in Enumerable.Range(1, Calls) from at in Enum.GetValues<KillAt>() select (call, at);
        var struck = 0;
        var portal = PortalChild.Start(database.Options);
        try
        {
            foreach (var (call, at) in points)
            {
                var victim = portal;
                proxy!.Plan(call, at, victim.Kill);
                var id = await world.AddCampaignAsync();
                await Eventually.Async(async () => victim.HasExited || (await world.OccurrenceAsync(id)).State == OccurrenceState.HandedOver, Deadline);
                if (proxy.Struck) struck++;
                proxy.NoPlan();
                if (victim.HasExited)
                {
                    victim.Dispose();
                    portal = PortalChild.Start(database.Options);
                }
                await EndAsync(world, id, $"killed at call {call}, {at}");
                AssertReachedOnce(world, await world.OccurrenceAsync(id), $"killed at call {call}, {at}");
            }
        }
        finally
        {
            portal.Dispose();
            await proxy!.DisposeAsync();
        }
        Assert.True(struck >= 40, $"The portal was killed at {struck} points only; a push has fewer calls than the test takes for granted.");
    }

    private static async Task EndAsync(SendingWorld world, int id, string when)
    {
        var last = "";
        try
        {
            await Eventually.Async(async () =>
            {
                var o = await world.OccurrenceAsync(id);
                last = $"{o.State}, lease until {o.LeaseUntil:T}, retry at {o.RetryAt:T}: {o.Sentence}";
                return o.State is OccurrenceState.HandedOver or OccurrenceState.Incomplete;
            }, Deadline);
        }
        catch (Xunit.Sdk.XunitException)
        {
            var steps = await world.InTenantAsync(s => s.GetRequiredService<LedgerFor>().Reading(id).ReadAsync(CancellationToken.None));
            var calls = world.Account.Log.Recent(6).Select(c => c.ToString());
            Assert.Fail($"The hand-over did not end, {when}. It is {last}\nLedger: {string.Join("; ", steps.Select(s => $"{s.Name} {s.State} {s.Sentence}"))}\nLast calls: {string.Join("\n", calls)}");
        }
    }

    private static void AssertReachedOnce(SendingWorld world, Occurrence o, string when)
    {
        var deliveries = world.Account.Deliveries(o.DispatchId, includeScheduled: true);
        Assert.True(deliveries.All(d => d.Value == 1), $"Somebody is mailed twice, {when}.");
        Assert.True(deliveries.Count == o.Accepted, $"{deliveries.Count} are mailed, {o.Accepted} are shown as accepted, {when}.");
        Assert.True(o.StillToGo == 0 && o.Unknown == 0, $"{o.StillToGo} are still to go and {o.Unknown} unknown, {when}.");
        Assert.True(o.Rejected > 0 && o.Control > 0 && o.Considered == Customers, $"The sums are wrong, {when}.");
    }
}
