using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics.Posts;

/// <summary>Takes figures that a partner's program posts, all of them or none, keeps each as it came, and brings the readings of their occurrences up to date.</summary>
public sealed class TakeFigures(IDbContextFactory<PortalDb> databases, PostedReadings readings, TenantContext tenant, TimeProvider clock)
{
    /// <param name="figures">Of released occurrences and of triggered campaigns of the channel; where one is named twice both are taken, one after the other.</param>
    /// <param name="adds">Whether each adds to what was posted before, or takes its place.</param>
    public async Task RunAsync(int credentialId, IReadOnlyList<PartnerFigure> figures, bool adds, CancellationToken cancellation = default)
    {
        if (figures.Count == 0) return;
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await OfOccurrencesAsync(db, Columns.Of(figures.Where(f => !f.IsTriggered)), now, credentialId, adds, cancellation);
        await OfTriggeredAsync(db, Columns.Of(figures.Where(f => f.IsTriggered)), now, credentialId, adds, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task OfOccurrencesAsync(PortalDb db, Columns posted, DateTimeOffset now, int credentialId, bool adds, CancellationToken cancellation)
    {
        if (posted.Campaigns.Length == 0) return;
        await PostedReadings.LockAsync(db, posted.Campaigns, cancellation);
        await db.Database.ExecuteSqlAsync($"""
            with posted as (
              select * from unnest({posted.Campaigns}, {posted.Templates}, {posted.Metrics}, {posted.Values}) with ordinality as p (occurrence_id, template_number, metric, value, place)
            ), kept as (
              insert into metric_posts (tenant_id, occurrence_id, template_number, metric, value, at, credential_id)
              select {tenant.Current.Id}, occurrence_id, template_number, metric, value, {now}, {credentialId} from posted order by place
            ), counted as (
              select occurrence_id, template_number, case metric when 9 then 7 else metric end as metric,
                     case when {adds} then sum(value) else (array_agg(value order by place desc))[1] end as value
              from posted group by 1, 2, 3
            )
            insert into posted_figures as known (tenant_id, occurrence_id, template_number, metric, value, changed_at)
            select {tenant.Current.Id}, occurrence_id, template_number, metric, value, {now} from counted
            on conflict (tenant_id, occurrence_id, template_number, metric) do update
            set value = case when {adds} then known.value + excluded.value else excluded.value end, changed_at = excluded.changed_at
            """, cancellation);
        await readings.WriteAsync(db, posted.Campaigns.Distinct(), cancellation);
    }

    private static async Task OfTriggeredAsync(PortalDb db, Columns posted, DateTimeOffset now, int credentialId, bool adds, CancellationToken cancellation)
    {
        if (posted.Campaigns.Length == 0) return;
        await using var command = new NpgsqlCommand(SqlFile.Read("take-triggered-figures.sql"), (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters =
            {
                new() { Value = posted.Campaigns }, new() { Value = posted.Templates }, new() { Value = posted.Metrics }, new() { Value = posted.Values },
                new() { Value = now }, new() { Value = credentialId }, new() { Value = adds },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed record Columns(int[] Campaigns, long[] Templates, int[] Metrics, long[] Values)
    {
        public static Columns Of(IEnumerable<PartnerFigure> figures)
        {
            PartnerFigure[] rows = [.. figures];
            return new([.. rows.Select(f => f.CampaignId)], [.. rows.Select(f => f.TemplateNumber)], [.. rows.Select(f => f.Metric)], [.. rows.Select(f => f.Value)]);
        }
    }
}

/// <param name="CampaignId">The occurrence, or the triggered campaign.</param>
/// <param name="Metric">As the program numbered it.</param>
public sealed record PartnerFigure(int CampaignId, long TemplateNumber, int Metric, long Value)
{
    public bool IsTriggered { get; init; }
}
