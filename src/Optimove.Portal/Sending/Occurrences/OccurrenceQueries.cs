using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Recipients;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Occurrences;

/// <summary>Reads occurrences with the figures of this moment.</summary>
public sealed class OccurrenceQueries(IDbContextFactory<PortalDb> databases, TenantDatabase database, RecipientQueries recipients, ProviderCatalog providers)
{
    public async Task<OccurrenceView?> GetAsync(int campaignId, DateOnly date, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var o = await db.Occurrences.AsNoTracking().Include(x => x.Campaign).SingleOrDefaultAsync(x => x.CampaignId == campaignId && x.Date == date, cancellation);
        if (o is null) return null;
        await FreshenAsync([o], cancellation);
        var connection = await db.Connections.AsNoTracking().SingleAsync(c => c.Id == o.ConnectionId, cancellation);
        return new(o, connection.Name, providers[connection.Provider].Info,
            await db.Templates.Where(t => t.Id == o.TemplateId).Select(t => t.Name).SingleOrDefaultAsync(cancellation),
            o.ListedAt is null ? [] : await recipients.CountAsync(o.Id, cancellation),
            await db.TargetGroupSizes.Where(s => s.TargetGroupId == o.Campaign.TargetGroupId).OrderByDescending(s => s.DataDate).Select(s => (int?)s.Size).FirstOrDefaultAsync(cancellation))
        {
            Fetched = await db.ListFetches.AsNoTracking().SingleOrDefaultAsync(f => f.OccurrenceId == o.Id, cancellation),
        };
    }

    public async Task<Certificate> CertificateAsync(int occurrenceId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var steps = await db.SendSteps.AsNoTracking().Where(s => s.OccurrenceId == occurrenceId).OrderBy(s => s.Id).ToListAsync(cancellation);
        var (toSend, duplicates) = await recipients.DuplicatesAsync(occurrenceId, cancellation);
        return new(steps, toSend, duplicates);
    }

    /// <summary>Replaces the figures of those that are being handed over, which are saved only when a hand-over ends, with those of the ledger.</summary>
    public async Task FreshenAsync(IReadOnlyCollection<Occurrence> occurrences, CancellationToken cancellation = default)
    {
        var running = occurrences.Where(o => o.State is OccurrenceState.Pushing or OccurrenceState.Incomplete).ToDictionary(o => o.Id);
        if (running.Count == 0) return;
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("read-progress.sql"), connection) { Parameters = { new() { Value = running.Keys.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var o = running[reader.GetInt32(0)];
            (o.Accepted, o.Rejected, o.Unknown) = (reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3));
        }
    }
}
