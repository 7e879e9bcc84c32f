using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics.Posts;

/// <summary>Takes figures that a partner's program posts, all of them or none, keeps each as it came, and brings the readings of their occurrences up to date.</summary>
public sealed class TakeFigures(IDbContextFactory<PortalDb> databases, PostedReadings readings, TenantContext tenant, TimeProvider clock)
{
    /// <param name="figures">Of released occurrences of the channel; where one is named twice both are taken, one after the other.</param>
    /// <param name="adds">Whether each adds to what was posted before, or takes its place.</param>
    public async Task RunAsync(int credentialId, IReadOnlyList<PartnerFigure> figures, bool adds, CancellationToken cancellation = default)
    {
        if (figures.Count == 0) return;
        int[] occurrences = [.. figures.Select(f => f.OccurrenceId)];
        long[] templates = [.. figures.Select(f => f.TemplateNumber)];
        int[] metrics = [.. figures.Select(f => f.Metric)];
        long[] values = [.. figures.Select(f => f.Value)];
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PostedReadings.LockAsync(db, occurrences, cancellation);
        await db.Database.ExecuteSqlAsync($"""
            with posted as (
              select * from unnest({occurrences}, {templates}, {metrics}, {values}) with ordinality as p (occurrence_id, template_number, metric, value, place)
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
        await readings.WriteAsync(db, occurrences.Distinct(), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}

/// <param name="Metric">As the program numbered it.</param>
public sealed record PartnerFigure(int OccurrenceId, long TemplateNumber, int Metric, long Value);
