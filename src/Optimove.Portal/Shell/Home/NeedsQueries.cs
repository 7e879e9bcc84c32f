using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Sending.Occurrences;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Shell.Home;

/// <summary>Finds everything in the client that waits for a person, the most urgent first.</summary>
public sealed class NeedsQueries(IDbContextFactory<PortalDb> databases, OccurrenceQueries occurrences, HandoverQueries triggered, ProviderCatalog providers, TenantContext tenant)
{
    public async Task<int> CountAsync(CancellationToken cancellation = default) => (await ListAsync(cancellation)).Count;

    public async Task<IReadOnlyList<Need>> ListAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var needs = new List<Need>();
        needs.AddRange(await NightsAsync(db, cancellation));
        needs.AddRange(await OccurrencesAsync(db, cancellation));
        needs.AddRange(await MessagesAsync(db, cancellation));
        needs.AddRange((await triggered.UnknownAsync(cancellation)).Select(u => NeedWords.Triggered(u, tenant.Current.Slug)));
        return [.. needs.OrderByDescending(n => n.Tone).ThenBy(n => n.By is null).ThenBy(n => n.By)];
    }

    private async Task<IEnumerable<Need>> NightsAsync(PortalDb db, CancellationToken cancellation)
    {
        var import = await db.ImportRuns.AsNoTracking().Where(r => r.Kind == ImportKind.Customers).OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(cancellation);
        if (import is { State: ImportState.Held }) return [NeedWords.Import(import, tenant.Current.Slug)];
        var night = await db.Nights.AsNoTracking().OrderByDescending(n => n.Date).FirstOrDefaultAsync(cancellation);
        if (night is not { State: NightState.Held }) return [];
        var waiting = await db.Occurrences.CountAsync(o => o.State == OccurrenceState.Held && o.ListedAt == null, cancellation);
        return [NeedWords.Night(night, waiting, tenant.Current.Slug)];
    }

    private async Task<IEnumerable<Need>> OccurrencesAsync(PortalDb db, CancellationToken cancellation)
    {
        var found = await db.Occurrences.AsNoTracking().Include(o => o.Campaign)
            .Where(o => o.CancelledAt == null && (o.State == OccurrenceState.Held || o.State == OccurrenceState.Missed || o.State == OccurrenceState.Incomplete)).ToListAsync(cancellation);
        await occurrences.FreshenAsync(found, cancellation);
        var through = await db.Connections.ToDictionaryAsync(c => c.Id, c => c.Provider, cancellation);
        return found.Select(o => NeedWords.Occurrence(o, providers[through[o.ConnectionId]].Info, tenant.Current.Zone));
    }

    // What will stop a launched campaign, before it does.
    private async Task<IEnumerable<Need>> MessagesAsync(PortalDb db, CancellationToken cancellation)
    {
        var coming = await db.Occurrences.AsNoTracking().Include(o => o.Campaign).Where(o => o.State == OccurrenceState.Scheduled && o.CancelledAt == null).OrderBy(o => o.SendAt).ToListAsync(cancellation);
        var gone = await db.Templates.AsNoTracking().Where(t => t.GoneAt != null || t.Unusable != null)
            .Where(t => db.Occurrences.Any(o => o.State == OccurrenceState.Scheduled && o.Campaign.TemplateId == t.Id))
            .Select(t => new { t.Id, t.Name, t.ConnectionId, Deleted = t.GoneAt != null, t.Unusable }).ToListAsync(cancellation);
        var connections = await db.Connections.AsNoTracking().Where(c => c.RemovedAt == null).ToDictionaryAsync(c => c.Id, cancellation);
        var answers = (await db.ConnectionChecks.AsNoTracking().ToListAsync(cancellation)).ToLookup(c => c.ConnectionId);
        return
        [
            .. gone.Where(t => connections.ContainsKey(t.ConnectionId)).Select(t => NeedWords.Template(t.Name, t.Deleted ? $"was deleted in {Info(connections[t.ConnectionId].Provider).Name}" : $"cannot be sent: {t.Unusable}",
                [.. coming.Where(o => o.Campaign.TemplateId == t.Id)], tenant.Current)),
            .. connections.Values.OrderBy(c => c.Name).Select(c => (Row: c, Checklist: ChecklistState.Of(Info(c.Provider), answers[c.Id]))).Where(c => c.Checklist.Blocking.Count > 0)
                .Select(c => NeedWords.Connection(c.Row, c.Checklist, [.. coming.Where(o => o.Campaign.ConnectionId == c.Row.Id)], tenant.Current)),
        ];
    }

    private ProviderInfo Info(string provider) => providers[provider].Info;
}
