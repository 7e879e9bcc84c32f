using Microsoft.Extensions.Options;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Running;

/// <summary>
/// Carries every due occurrence of the tenant as far as it can go now. Several processes may run it at once: each occurrence is worked on
/// under a claim, and every step may be repeated without effect.
/// </summary>
public sealed class AdvanceOccurrences(TenantDatabase database, NpgsqlDataSource source, TenantContext tenant, AdvanceOccurrence advance, IOptions<SendingOptions> options, TimeProvider clock)
{
    private static readonly string Process = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await ClaimAsync(cancellation) is { } id)
        {
            await using var lease = new Lease(source, tenant.Current, id, Process, options.Value.Lease);
            lease.Start();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
            try
            {
                await advance.RunAsync(lease, stop.Token);
            }
            catch (Exception e) when (e is LeaseLostException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                // Another process goes on with it.
            }
        }
    }

    private async Task<int?> ClaimAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("claim-occurrence.sql"), connection)
        {
            Parameters = { new() { Value = Process }, new() { Value = options.Value.Lease }, new() { Value = clock.GetUtcNow() } },
        };
        return (int?)await command.ExecuteScalarAsync(cancellation);
    }
}
