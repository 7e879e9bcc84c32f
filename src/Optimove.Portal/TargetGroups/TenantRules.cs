using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Customers.Preferences;
using Optimove.Portal.Data;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups;

/// <summary>What the tenant's rules mean today: its attributes, its groups, its channels, and the day of its data.</summary>
public sealed class TenantRules(IDbContextFactory<PortalDb> databases, OwnChannels channels, TenantContext tenant, TimeProvider clock)
{
    public Task<RuleContext> GetAsync(CancellationToken cancellation = default) => GetAsync([], cancellation);

    /// <param name="others">Groups that are not saved; each stands in the place of a saved one with its number.</param>
    public async Task<RuleContext> GetAsync(IReadOnlyList<KnownGroup> others, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var attributes = await db.CustomerAttributes.AsNoTracking().ToListAsync(cancellation);
        var groups = await db.TargetGroups.AsNoTracking().ToListAsync(cancellation);
        var known = groups.Where(g => others.All(o => o.Id != g.Id)).Select(g => new KnownGroup(g.Id, g.Name, RuleJson.Read(g.Rule)));
        var own = (await channels.ListAsync(removed: true, cancellation)).ToDictionary(c => c.Key, c => c.Name);
        return new(new(attributes.Select(a => a.ToColumn()), [.. known, .. others], own), await DataDateAsync(db, cancellation), tenant.Current.Zone);
    }

    /// <summary>The day that the loaded customers describe; today where nothing has been loaded yet.</summary>
    private async Task<DateOnly> DataDateAsync(PortalDb db, CancellationToken cancellation) =>
        await db.ImportRuns.Where(r => r.Kind == ImportKind.Customers && r.State == ImportState.Done)
            .OrderByDescending(r => r.StartedAt).Select(r => (DateOnly?)r.DataDate).FirstOrDefaultAsync(cancellation)
        ?? tenant.Current.DayOf(clock.GetUtcNow());
}
