using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Optimove.Portal.Data;

namespace Optimove.Portal.Metrics.Posts;

/// <summary>
/// Takes what customers did with a message, all of them or none; told again, it counts once more. People to whom the campaign was not sent are refused. Posts
/// about one campaign wait for each other.
/// </summary>
public sealed class TakeInteractions(IDbContextFactory<PortalDb> databases, PostedReadings readings, TimeProvider clock)
{
    /// <exception cref="RefusedException">Customers are not recipients of the campaign; the sentence names one.</exception>
    public async Task RunAsync(PartnerInteraction told, IReadOnlyList<string> customers, CancellationToken cancellation = default)
    {
        if (customers.Count == 0) return;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (told.IsTriggered) await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('triggered interactions'), hashtext(current_schema() || ' ' || {told.CampaignId}))", cancellation);
        else await PostedReadings.LockAsync(db, [told.CampaignId], cancellation);
        if (await KeepAsync(db, told, customers, cancellation) is { } stranger)
            throw new RefusedException($"Customer {stranger} is not among those to whom the campaign was sent, so nothing was taken.");
        if (!told.IsTriggered) await readings.WriteAsync(db, [told.CampaignId], cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <returns>One of those to whom it was not sent; null where there is none.</returns>
    private async Task<string?> KeepAsync(PortalDb db, PartnerInteraction told, IReadOnlyList<string> customers, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(SqlFile.Read(told.IsTriggered ? "take-triggered-interactions.sql" : "take-interactions.sql"), (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters =
            {
                new() { Value = told.CampaignId }, new() { Value = customers as string[] ?? [.. customers] }, new() { Value = (short)told.Event }, new() { Value = told.Day },
                new() { Value = told.TemplateNumber }, new() { Value = (object?)told.AppId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = clock.GetUtcNow() },
            },
        };
        return await command.ExecuteScalarAsync(cancellation) as string;
    }
}

/// <param name="CampaignId">The occurrence, or the triggered campaign.</param>
/// <param name="Event">See <see cref="PartnerMetric"/>.</param>
/// <param name="Day">The day on which it happened, as the partner tells it.</param>
public sealed record PartnerInteraction(int CampaignId, bool IsTriggered, long TemplateNumber, int Event, DateOnly Day, string? AppId);
