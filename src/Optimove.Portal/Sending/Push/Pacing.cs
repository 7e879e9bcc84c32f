using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Push;

/// <summary>
/// Keeps all hand-overs to one account of a provider, over campaigns and processes, within its pace. Chunks are granted one after the
/// other, evenly, by one row in the database (generic cell rate algorithm without burst: each grant moves the time of the next one on by
/// its share of the window, and by 2 % more: a window in which messages sent at once were granted between chunks may end with a whole chunk,
/// and still no window of any position holds more than the pace).
/// </summary>
public sealed class Pacing(TenantDatabase database, TenantContext tenant, IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    // 250,000 / (250,000 - 5,000): all grants of a window but its last leave room for a whole chunk.
    private const double Margin = 1.020408;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Names the account, for grants of all its connections.</summary>
    public static string AccountOf(IProvider provider, object settings) => $"{provider.Info.Key} {provider.AccountOf(settings)}";

    /// <summary>Passes chunks on as they are granted; ends early with <see cref="OperationCanceledException"/> when somebody cancels the campaign.</summary>
    public async IAsyncEnumerable<RecipientChunk> PassAsync(IAsyncEnumerable<RecipientChunk> chunks, string account, (SendPace Pace, int ChunkSize) limit, Occurrence o, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var chunk in chunks.WithCancellation(cancellation))
        {
            var granted = await GrantAsync(account, limit.ChunkSize, limit.Pace, cancellation);
            for (var wait = granted - clock.GetUtcNow(); wait > TimeSpan.Zero; wait = granted - clock.GetUtcNow())
            {
                await ThrowIfCancelledAsync(o.Id, cancellation);
                await Task.Delay(wait < LongestWait ? wait : LongestWait, clock, cancellation);
            }
            await ThrowIfCancelledAsync(o.Id, cancellation);
            yield return chunk;
        }
    }

    /// <param name="recipients">Of a list, as many as a full chunk has, however few this one has.</param>
    /// <returns>From when they may be handed over.</returns>
    public async Task<DateTimeOffset> GrantAsync(string account, int recipients, SendPace pace, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("grant-recipients.sql"), connection)
        {
            Parameters =
            {
                new() { Value = tenant.Current.Id }, new() { Value = account }, new() { Value = clock.GetUtcNow() },
                new() { Value = Share(pace, recipients) },
            },
        };
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellation))!, TimeSpan.Zero);
    }

    /// <summary>How long after a grant of so many recipients the next one follows.</summary>
    internal static TimeSpan Share(SendPace pace, int recipients) =>
        // The database keeps whole microseconds; what is cut off would add up over many small grants.
        TimeSpan.FromMicroseconds(Math.Ceiling((pace.Per * (Margin * recipients / pace.Recipients)).TotalMicroseconds));

    private async Task ThrowIfCancelledAsync(int occurrenceId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Occurrences.AnyAsync(x => x.Id == occurrenceId && x.CancelledAt != null, cancellation)) throw new OperationCanceledException("The campaign was cancelled.");
    }
}
