using Microsoft.Extensions.Options;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Events;

/// <summary>
/// Posts the notices of a client that are due: each listener's in their order, all listeners at the same time, so that a slow one delays nobody else.
/// A notice is settled after its answer: a process that dies in between lets another post it again.
/// </summary>
public sealed class DeliverEvents(TenantDatabase database, PostNotice post, IOptions<EventOptions> options, TimeProvider clock)
{
    private const int BatchSize = 200;
    private static readonly TimeSpan BatchLength = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var serving = new List<Task>();
        while (await ClaimAsync(null, cancellation) is { } listener) serving.Add(ServeAsync(listener, cancellation));
        await Task.WhenAll(serving);
    }

    // A notice that came between the last look and the end of the claim is found by claiming once more.
    private async Task ServeAsync(ClaimedListener first, CancellationToken cancellation)
    {
        for (ClaimedListener? listener = first; listener is not null; listener = await ClaimAsync(listener.Id, cancellation))
        {
            await DrainAsync(listener, cancellation);
            await ReleaseAsync(listener, cancellation);
        }
    }

    private async Task DrainAsync(ClaimedListener listener, CancellationToken cancellation)
    {
        while (await ReadAsync(listener.Id, cancellation) is { Count: > 0 } notices)
        {
            var told = new List<PostedNotice>(notices.Count);
            var began = clock.GetTimestamp();
            foreach (var (id, body) in notices)
            {
                told.Add(await post.RunAsync(listener, id, body, cancellation));
                if (told[^1].Fault is not null || clock.GetElapsedTime(began) > BatchLength) break;
            }
            if (!await SettleAsync(listener, told, cancellation) || told[^1].Fault is not null) return;
        }
    }

    private async Task<ClaimedListener?> ClaimAsync(int? id, CancellationToken cancellation)
    {
        var claim = $"{Guid.NewGuid():N}";
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = Command(connection, "claim-listener.sql", claim, options.Value.Lease, clock.GetUtcNow(), (object?)id ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new(reader.GetInt32(0), claim, reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)) : null;
    }

    private async Task<List<(long Id, string Body)>> ReadAsync(int listener, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = Command(connection, "read-notices.sql", listener, BatchSize);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var notices = new List<(long, string)>();
        while (await reader.ReadAsync(cancellation) && (notices.Count > 0 || reader.GetFieldValue<DateTimeOffset>(2) <= now)) notices.Add((reader.GetInt64(0), reader.GetString(1)));
        return notices;
    }

    private async Task<bool> SettleAsync(ClaimedListener listener, List<PostedNotice> told, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = Command(connection, "settle-notices.sql", listener.Id, listener.Claim, options.Value.Lease, clock.GetUtcNow(),
            told.ConvertAll(t => t.Id).ToArray(), told.ConvertAll(t => t.Status).ToArray(), told.ConvertAll(t => t.TookMs).ToArray(), told.ConvertAll(t => t.Fault).ToArray());
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private async Task ReleaseAsync(ClaimedListener listener, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("update event_listeners set lease_owner = null, lease_until = null where id = $1 and lease_owner = $2", connection)
        {
            Parameters = { new() { Value = listener.Id }, new() { Value = listener.Claim } },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string file, params object[] values)
    {
        var command = new NpgsqlCommand(SqlFile.Read(file), connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}

/// <param name="SigningKey">Encrypted for the client; null for a credential from before notices were signed.</param>
public sealed record ClaimedListener(int Id, string Claim, string Url, string? SigningKey);
