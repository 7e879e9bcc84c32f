using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Sending.Deciding;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.Faults;

/// <summary>MailChimp's push, killed at every call, questions included.</summary>
public sealed class KilledMailChimpPushTests(TestDatabase database) : KilledPush(database), IClassFixture<TestDatabase>
{
    [Fact]
    public Task Whenever_the_portal_is_killed_during_a_push_everyone_is_reached_exactly_once() => KillAnywhereAsync("mailchimp", customers: 8_300, points: 40, writesOnly: false);
}

/// <summary>The other providers' pushes, killed at every call that changes something.</summary>
public sealed class KilledPushTests(TestDatabase database) : KilledPush(database), IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("cheetah", 1_500, 8)]
    [InlineData("mobilepush", 3_000, 2)]
    [InlineData("appboy", 260, 8)]
    public Task Whenever_the_portal_is_killed_during_a_push_everyone_is_reached_once_or_shown_as_open(string provider, int customers, int points) => KillAnywhereAsync(provider, customers, points, writesOnly: true);
}

/// <summary>
/// The portal is killed (SIGKILL) at each call of a push, before the provider hears of it and after it took effect, and started again.
/// Where the provider cannot be asked, a person counts what is left open as sent.
/// </summary>
public abstract class KilledPush(TestDatabase database)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    /// <param name="points">At least so often the portal is killed.</param>
    /// <param name="writesOnly">Only at calls that change something; else at questions too.</param>
    protected async Task KillAnywhereAsync(string provider, int customers, int points, bool writesOnly)
    {
        KillingProxy? proxy = null;
        var outside = Outside.Of(provider);
        await using var world = await SendingWorld.CreateAsync(database, customers, async twin => (proxy = await KillingProxy.StartAsync(twin)).Address, provider, outside);
        proxy!.WritesOnly = writesOnly;
        var killed = 0;
        var portal = PortalChild.Start(database.Options);
        try
        {
            for (var (call, struck) = (1, true); struck; call++)
            {
                struck = false;
                foreach (var at in Enum.GetValues<KillAt>())
                {
                    await world.ForgetPaceAsync();
                    var before = outside.Deliveries(world.Twin.World);
                    var victim = portal;
                    proxy.Plan(call, at, victim.Kill);
                    var id = await world.AddCampaignAsync();
                    await Eventually.Async(async () => victim.HasExited || (await world.OccurrenceAsync(id)).State == OccurrenceState.HandedOver, Deadline);
                    if (proxy.Struck) (killed, struck) = (killed + 1, true);
                    proxy.NoPlan();
                    if (victim.HasExited)
                    {
                        victim.Dispose();
                        await world.ForgetPaceAsync();
                        portal = PortalChild.Start(database.Options);
                    }
                    var when = $"{provider}, killed at call {call}, {at}";
                    var open = await EndAsync(world, portal, id, when);
                    AssertReachedOnce(await world.OccurrenceAsync(id), Since(before, outside.Deliveries(world.Twin.World)), (customers, outside.RejectsSome, open), when);
                }
            }
        }
        finally
        {
            portal.Dispose();
            await proxy.DisposeAsync();
        }
        Assert.True(killed >= points, $"The portal was killed at {killed} points only; a push has fewer calls than the test takes for granted.");
    }

    /// <returns>How many people were left open, which only a provider that cannot be asked leaves.</returns>
    private static async Task<int> EndAsync(SendingWorld world, PortalChild portal, int id, string when)
    {
        var last = "";
        var open = 0;
        try
        {
            await Eventually.Async(async () =>
            {
                var o = await world.OccurrenceAsync(id);
                last = $"{o.State}, lease until {o.LeaseUntil:T}, retry at {o.RetryAt:T}: {o.Sentence}";
                if (o is { State: OccurrenceState.Incomplete, LeaseUntil: null, RetryAt: null })
                {
                    open += o.Unknown;
                    await world.InTenantAsync(async s =>
                    {
                        await s.GetRequiredService<SettleUnknown>().RunAsync(id, sent: true);
                        return 0;
                    });
                }
                return o.State == OccurrenceState.HandedOver;
            }, Deadline);
        }
        catch (Xunit.Sdk.XunitException)
        {
            var steps = await world.InTenantAsync(s => s.GetRequiredService<LedgerFor>().Reading(id).ReadAsync(CancellationToken.None));
            Assert.Fail($"The hand-over did not end, {when}. It is {last}\nLedger: {string.Join("; ", steps.Select(s => $"{s.Name} {s.State} {s.Sentence}"))}\nThe portal{(portal.HasExited ? ", which has ended," : "")} said:\n{portal.Said}");
        }
        return open;
    }

    private static Dictionary<string, int> Since(IReadOnlyDictionary<string, int> before, IReadOnlyDictionary<string, int> after) =>
        after.Select(a => (a.Key, Times: a.Value - before.GetValueOrDefault(a.Key))).Where(a => a.Times > 0).ToDictionary(a => a.Key, a => a.Times);

    private static void AssertReachedOnce(Occurrence o, Dictionary<string, int> deliveries, (int Customers, bool RejectsSome, int Open) expected, string when)
    {
        Assert.True(deliveries.All(d => d.Value == 1), $"Somebody is reached twice, {when}.");
        Assert.True(deliveries.Count <= o.Accepted && deliveries.Count >= o.Accepted - expected.Open, $"{deliveries.Count} are reached, {o.Accepted} are shown as accepted of whom {expected.Open} had been left open, {when}.");
        Assert.True(o.StillToGo == 0 && o.Unknown == 0, $"{o.StillToGo} are still to go and {o.Unknown} unknown, {when}.");
        Assert.True(o.Rejected > 0 == expected.RejectsSome && o.Control > 0 && o.Considered == expected.Customers, $"The sums are wrong, {when}.");
    }
}
