using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Optimove.Portal.Data;

namespace Optimove.Portal.Metrics.Posts;

/// <summary>Takes what customers did with a message, all of them or none; told again, it counts once more. People who are not on the list are refused.</summary>
public sealed class TakeInteractions(IDbContextFactory<PortalDb> databases, PostedReadings readings, TimeProvider clock)
{
    /// <exception cref="RefusedException">Customers are not recipients of the campaign; the sentence names one.</exception>
    public async Task RunAsync(PartnerInteraction told, IReadOnlyList<string> customers, CancellationToken cancellation = default)
    {
        if (customers.Count == 0) return;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PostedReadings.LockAsync(db, [told.CampaignId], cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("take-interactions.sql"), (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters =
            {
                new() { Value = told.CampaignId }, new() { Value = customers as string[] ?? [.. customers] }, new() { Value = (short)told.Event }, new() { Value = told.Day },
                new() { Value = told.TemplateNumber }, new() { Value = (object?)told.AppId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = clock.GetUtcNow() },
            },
        };
        if (await command.ExecuteScalarAsync(cancellation) is string stranger)
            throw new RefusedException($"Customer {stranger} is not among those to whom campaign {told.CampaignId} was sent, so nothing was taken.");
        await readings.WriteAsync(db, [told.CampaignId], cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}

/// <param name="CampaignId">The occurrence, or the triggered campaign.</param>
/// <param name="Event">See <see cref="PartnerMetric"/>.</param>
/// <param name="Day">The day on which it happened, as the partner tells it.</param>
public sealed record PartnerInteraction(int CampaignId, long TemplateNumber, int Event, DateOnly Day, string? AppId);
