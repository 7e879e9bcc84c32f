using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Counts;

/// <summary>A read that a person waits for: the server ends it after ten seconds, and the person is told so.</summary>
internal static class WaitedRead
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="RefusedException">It took longer than <paramref name="patience"/>, ten seconds unless given.</exception>
    public static async Task<T> ReadAsync<T>(TenantDatabase database, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience;
        await using var connection = await database.OpenAsync(cancellation);
        await using (var set = new NpgsqlCommand($"set statement_timeout = {(int)limit.TotalMilliseconds}", connection))
            await set.ExecuteNonQueryAsync(cancellation);
        try
        {
            return await read(connection);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.QueryCanceled && !cancellation.IsCancellationRequested)
        {
            throw new RefusedException($"This took longer than {limit.TotalSeconds:0.#} s and was stopped. Fewer conditions on purchases, or a shorter period, are quicker.");
        }
    }
}
