using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Events;

/// <summary>Removes notices that were taken or given up after 30 days, because they hold what customers did. Running it again changes nothing.</summary>
public sealed class TidyNotices(TenantDatabase database, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private const int Piece = 50_000;

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        while (await RemoveAsync(connection, clock.GetUtcNow() - Kept, cancellation) == Piece)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static async Task<int> RemoveAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            delete from event_deliveries where id = any (array(
              select id from event_deliveries where tenant_id = current_setting('app.tenant_id')::int and next_try_at is null and created_at < $1 limit {Piece}))
            """, connection) { CommandTimeout = 600, Parameters = { new() { Value = before } } };
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
