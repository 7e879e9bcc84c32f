using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Clock;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.Mail;

namespace Optimove.Portal.Shell.Demo;

/// <summary>
/// Fills an empty database with the demo: the clock is set back and walked forward, so that everything in it was done by the product at its time.
/// </summary>
internal sealed class SeedDemo(IServiceScopeFactory scopes, ForEachTenant tenants, PortalClock clock, TwinWorld world, IOptions<DemoOptions> options, ILogger<SeedDemo> log)
{
    private const int DaysBack = 47;
    private static readonly DemoCampaign Closed = new("VIP early access", "Everybody but staff", "10021", default, new(10, 0), 0.20m, 30);
    private static readonly DemoCampaign Tonight = new("Weekend edit", "VIP and rising", "10024", default, new(10, 0), 0.10m, 14);

    // How far the clock is ahead of the real one where the demo begins.
    private TimeSpan _begins;

    public async Task RunAsync(DemoTwin twin, CancellationToken cancellation)
    {
        if (await IsFilledAsync(cancellation)) return;
        log.LogInformation("Filling the empty database with the demo; this takes a few seconds");
        var tenant = await InScopeAsync(s => s.GetRequiredService<DemoClients>().RunAsync(cancellation));
        if (options.Value.BeginsAt is { } time) await InScopeAsync(s => s.GetRequiredService<MoveClock>().RunAsync(UntilNext(time, clock.GetUtcNow(), tenant), cancellation));
        _begins = clock.Ahead;
        var now = clock.GetUtcNow();
        var data = new DemoData(options.Value.Customers, tenant.DayOf(now));
        var account = world.MailChimp(DemoTwin.Account);
        DemoTwin.AddMembers(world, data.Customers);
        DemoProviders.AddPeople(world, data.Customers);
        var delay = account.SegmentDelay;
        account.SegmentDelay = TimeSpan.Zero;
        try
        {
            await tenants.InScopeAsync(tenant, "demo", (s, c) => PlayAsync(s, twin, data, tenant, now, c), cancellation);
        }
        finally
        {
            clock.Ahead = _begins;
            account.SegmentDelay = delay;
        }
    }

    private async Task PlayAsync(IServiceProvider services, DemoTwin twin, DemoData data, TenantScope tenant, DateTimeOffset now, CancellationToken cancellation)
    {
        var (shop, story) = (services.GetRequiredService<DemoShop>(), services.GetRequiredService<DemoStory>());
        var today = tenant.DayOf(now);
        var sendDay = today.AddDays(-DaysBack + 1);
        Set(now, sendDay.AddDays(-1), new(20, 0), tenant);
        await shop.AttributesAsync(cancellation);
        data.Take(DemoPurchases.Make(data.Customers, today.AddDays(-730), sendDay.AddDays(-1)));
        await story.ImportAsync(data, today.AddDays(-730), sendDay.AddDays(-1), cancellation);
        await shop.GroupsAsync(cancellation);
        await shop.ConnectAsync(twin.Address, cancellation);
        foreach (var connection in DemoProviders.Connections(twin.Host)) await shop.ConnectAsync(connection, cancellation);
        await services.GetRequiredService<DemoPartner>().DefineAsync(cancellation);
        var occurrence = await story.ScheduleAsync(Closed with { Day = sendDay }, clock.GetUtcNow(), cancellation);
        await WalkAsync(story, occurrence, now, sendDay, tenant, cancellation);
        var mailed = await story.MailedAsync(occurrence.Id, services.GetRequiredService<TenantDatabase>(), cancellation);
        var readers = Readers(data, mailed, await CampaignAtTwinAsync(services, occurrence, cancellation));
        Set(now, sendDay.AddDays(8), new(9, 0), tenant);
        await services.GetRequiredService<DemoTrigger>().DefineAsync(cancellation);
        await WeeksAsync(services, data, readers, now, sendDay, cancellation);
        await story.MeasureAsync(cancellation);
        // Of the day whose night comes next: after midnight that is today.
        var nightIsToday = TimeZoneInfo.ConvertTime(now, tenant.Zone).Hour < 2;
        await story.ScheduleAsync(Tonight with { Day = nightIsToday ? today : today.AddDays(1) }, clock.GetUtcNow(), cancellation);
    }

    // The hours of the campaign: its night, its time, then seven mornings.
    private async Task WalkAsync(DemoStory story, Occurrence o, DateTimeOffset now, DateOnly sendDay, TenantScope tenant, CancellationToken cancellation)
    {
        Set(now, sendDay, new(2, 5), tenant);
        await story.AdvanceAsync(cancellation);
        Set(now, sendDay, new(10, 5), tenant);
        await story.AdvanceAsync(cancellation);
        for (var day = 1; day <= 7; day++)
        {
            Set(now, sendDay.AddDays(day), new(7, 1), tenant);
            await story.MeasureAsync(cancellation);
        }
    }

    // A file every week since then, so that the sizes of the groups have a history; the last one came this morning. After each other one some visit the shop.
    private async Task WeeksAsync(IServiceProvider services, DemoData data, HashSet<string> readers, DateTimeOffset now, DateOnly sendDay, CancellationToken cancellation)
    {
        var (story, visits, tenant) = (services.GetRequiredService<DemoStory>(), services.GetRequiredService<DemoVisits>(), services.GetRequiredService<TenantContext>().Current);
        var yesterday = tenant.DayOf(now).AddDays(-1);
        for (var (from, to, week) = (sendDay, yesterday.AddDays(-35), 0); to <= yesterday; (from, to, week) = (to.AddDays(1), to.AddDays(7), week + 1))
        {
            data.Take(Bought(data, readers, await story.PushedAsync(services.GetRequiredService<TenantDatabase>(), cancellation), from, to));
            Set(now, to.AddDays(1), new(2, 10), tenant);
            if (to == yesterday) clock.Ahead = _begins;
            await story.ImportAsync(data, from, to, cancellation);
            if (to == yesterday) continue;
            Set(now, to.AddDays(1), new(19, 30), tenant);
            await visits.RunAsync(data.Customers, week, cancellation);
        }
    }

    /// <summary>Who read the letter of the campaign at the twin.</summary>
    private static HashSet<string> Readers(DemoData data, HashSet<string> mailed, string? campaign) =>
        [.. data.Customers.Where(c => campaign is not null && mailed.Contains(c.Id) && Outcome.Of(campaign, c.Email!) is { OpenedAfter: not null }).Select(c => c.Id)];

    /// <summary>The purchases of some days: likelier for who read the letter, and for a week after a push.</summary>
    private static IEnumerable<DemoPurchase> Bought(DemoData data, HashSet<string> readers, Dictionary<string, DateTimeOffset> pushed, DateOnly from, DateOnly to)
    {
        foreach (var customer in data.Customers)
        {
            var pushedOn = pushed.TryGetValue(customer.Id, out var at) ? DateOnly.FromDateTime(at.UtcDateTime) : (DateOnly?)null;
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                var reminded = pushedOn is { } last && day > last && day <= last.AddDays(7);
                if (DemoPurchases.On(customer, day, (readers.Contains(customer.Id) ? 2.6 : 1) * (reminded ? 2.6 : 1)) is { } purchase) yield return purchase;
            }
        }
    }

    private static async Task<string?> CampaignAtTwinAsync(IServiceProvider services, Occurrence o, CancellationToken cancellation)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(cancellation);
        return await db.SendSteps.Where(s => s.OccurrenceId == o.Id && s.Name == "campaign").Select(s => s.ProviderId).SingleOrDefaultAsync(cancellation);
    }

    private void Set(DateTimeOffset now, DateOnly day, TimeOnly time, TenantScope tenant) => clock.Ahead = _begins + (WallClock.ToInstant(day, time, tenant.Zone) - now);

    private static TimeSpan UntilNext(TimeOnly time, DateTimeOffset now, TenantScope tenant)
    {
        var today = tenant.DayOf(now);
        var begins = WallClock.ToInstant(today, time, tenant.Zone);
        return (begins > now ? begins : WallClock.ToInstant(today.AddDays(1), time, tenant.Zone)) - now;
    }

    private async Task<bool> IsFilledAsync(CancellationToken cancellation) => await InScopeAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(cancellation);
        return await db.Tenants.AnyAsync(cancellation);
    });

    private async Task InScopeAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }
}
