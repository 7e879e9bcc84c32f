using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Handover;

/// <summary>Lets what still waits of a campaign that is no longer live be given up at once, instead of when it would be tried again.</summary>
public sealed class DropWaitingSends(TenantDatabase database, HandoverBell bell, TenantContext tenant, TimeProvider clock)
{
    /// <param name="campaignId">Already saved as paused or ended.</param>
    public async Task RunAsync(int campaignId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("update triggered_sends set next_try_at = $2 where state = 'waiting' and campaign_id = $1 and next_try_at > $2", connection)
        {
            Parameters = { new() { Value = campaignId }, new() { Value = clock.GetUtcNow() } },
        };
        await command.ExecuteNonQueryAsync(cancellation);
        bell.Ring(tenant.Current);
    }
}
