using Npgsql;
using NpgsqlTypes;
using Optimove.Portal.Data;
using Optimove.Portal.Metrics.Posts;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics.Triggered;

/// <summary>Takes what customers did with a triggered campaign's message, all of them or none; told again, it counts once more. Whoever was sent nothing is refused.</summary>
public sealed class TakeTriggeredInteractions(TenantDatabase database, TimeProvider clock)
{
    private const string Lock = "select pg_advisory_xact_lock(hashtext('triggered interactions'), hashtext(current_schema() || $1))";

    /// <exception cref="RefusedException">The campaign sent nothing to one of the customers; the sentence names one.</exception>
    public async Task RunAsync(PartnerInteraction told, IReadOnlyList<string> customers, CancellationToken cancellation = default)
    {
        if (customers.Count == 0) return;
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var turn = new NpgsqlCommand(Lock, connection) { Parameters = { new() { Value = told.CampaignId.ToString(System.Globalization.CultureInfo.InvariantCulture) } } })
            await turn.ExecuteNonQueryAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("take-triggered-interactions.sql"), connection)
        {
            Parameters =
            {
                new() { Value = told.CampaignId }, new() { Value = customers as string[] ?? [.. customers] }, new() { Value = (short)told.Event }, new() { Value = told.Day },
                new() { Value = told.TemplateNumber }, new() { Value = (object?)told.AppId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = clock.GetUtcNow() },
            },
        };
        if (await command.ExecuteScalarAsync(cancellation) is string stranger)
            throw new RefusedException($"Customer {stranger} is not among those to whom the campaign was sent, so nothing was taken.");
        await transaction.CommitAsync(cancellation);
    }
}
