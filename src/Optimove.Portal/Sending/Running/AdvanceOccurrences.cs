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
public sealed class AdvanceOccurrences(TenantDatabase database, AdvanceOccurrence advance, IOptions<SendingOptions> options, TimeProvider clock, ILogger<AdvanceOccurrences> log)
{
    private static readonly string Process = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await ClaimAsync(cancellation) is { } id)
        {
            await using var lease = new Lease(database, id, Process, options.Value.Lease);
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
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Its claim runs out by itself, then it is tried again; the other campaigns do not wait for that.
                log.LogError(e, "Occurrence {Occurrence} could not be carried on; it is tried again when its claim has run out", id);
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
