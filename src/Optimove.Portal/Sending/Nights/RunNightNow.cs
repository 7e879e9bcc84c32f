using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Nights;

/// <summary>
/// Brings the coming night forward to now: the folder is imported again, and every campaign that would lock with that night locks at once.
/// The regular night still runs at its hour.
/// </summary>
public sealed class RunNightNow(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TenantContext tenant, TimeProvider clock)
{
    /// <returns>How many campaigns lock now.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        if (!actor.IsStaff) throw new RefusedException("Only staff can run a night by hand. Ask your customer success manager.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var nightlyAt = await db.Tenants.Where(t => t.Id == tenant.Current.Id).Select(t => t.NightlyAt).SingleAsync(cancellation);
        var date = tenant.Current.DayOf(WallClock.LastAtOrBefore(now, nightlyAt, tenant.Current.Zone));
        var night = await db.Nights.SingleOrDefaultAsync(n => n.Date == date, cancellation);
        if (night is { State: NightState.Running }) throw new RefusedException("The night is running already.");
        if (night is not null)
        {
            (night.State, night.ImportedAt, night.GroupsAt, night.TemplatesAt, night.FinishedAt, night.Sentence) = (NightState.Running, null, null, null, null, null);
        }
        var next = WallClock.LastAtOrBefore(now.AddDays(1), nightlyAt, tenant.Current.Zone);
        var due = await db.Occurrences.Where(o => o.State == OccurrenceState.Scheduled && o.LocksAt > now && o.LocksAt <= next).ToListAsync(cancellation);
        foreach (var occurrence in due) occurrence.LocksAt = now;
        audit.Record(db, "night.run-by-hand", $"Night of {date:d MMMM yyyy}", after: new { Campaigns = due.Count });
        await db.SaveChangesAsync(cancellation);
        return due.Count;
    }
}
