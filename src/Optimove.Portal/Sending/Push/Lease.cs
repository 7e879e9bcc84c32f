using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Push;

/// <summary>
/// A claim on an occurrence that expires by the database's clock, renewed while work goes on. A process that dies loses its claims within
/// its length, and one that has lost a claim can no longer begin a call.
/// </summary>
public sealed class Lease(TenantDatabase database, int occurrenceId, string owner, TimeSpan length) : IAsyncDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private Task _renewing = Task.CompletedTask;

    public string Owner => owner;
    public int OccurrenceId => occurrenceId;
    /// <summary>Cancelled when the claim is lost.</summary>
    public CancellationToken Lost => _lost.Token;

    public void Start() => _renewing = RenewAsync();

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(length / 6);
        var lastKept = Environment.TickCount64;
        while (!_lost.IsCancellationRequested)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(_lost.Token)) return;
                if (!await KeepAsync()) await _lost.CancelAsync();
                lastKept = Environment.TickCount64;
            }
            catch (NpgsqlException) when (Environment.TickCount64 - lastKept < length.TotalMilliseconds * 2 / 3)
            {
                // The database is away for a moment; the claim still holds.
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
            {
                if (!_lost.IsCancellationRequested) await _lost.CancelAsync();
            }
        }
    }

    private async Task<bool> KeepAsync()
    {
        await using var connection = await database.OpenAsync(_lost.Token);
        await using var command = new NpgsqlCommand("update occurrences set lease_until = now() + $3 where id = $1 and lease_owner = $2", connection)
        {
            Parameters = { new() { Value = occurrenceId }, new() { Value = owner }, new() { Value = length } },
        };
        return await command.ExecuteNonQueryAsync(_lost.Token) == 1;
    }

    /// <summary>Stops renewing; the caller has given the claim back, or it is left to expire.</summary>
    public async ValueTask DisposeAsync()
    {
        await _lost.CancelAsync();
        await _renewing;
        _lost.Dispose();
    }
}
