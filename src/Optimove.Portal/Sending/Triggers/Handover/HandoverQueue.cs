using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Handover;

/// <summary>The triggered messages that wait for their providers, and what became of them. A call's messages are committed as in flight before it, and its outcome after it.</summary>
public sealed class HandoverQueue(TenantDatabase database, TimeProvider clock)
{
    /// <summary>Longer than a call may take with every repeat that surely has no effect: after it the process must have died.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(12);

    private const int MostTries = 5;

    /// <summary>The lanes in which something is due.</summary>
    public async Task<IReadOnlyList<HandoverLane>> LanesAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = Command(connection, "select distinct connection_id, template_id from triggered_sends where state = 'waiting' and next_try_at <= $1", clock.GetUtcNow());
        var lanes = new List<HandoverLane>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) lanes.Add(new(reader.GetInt32(0), reader.GetInt32(1)));
        return lanes;
    }

    /// <returns>How many are due in a lane, at most so many.</returns>
    public async Task<int> CountAsync(HandoverLane lane, int most, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = Command(connection, """
            select count(*)::int from (select from triggered_sends where state = 'waiting' and connection_id = $1 and template_id = $2 and next_try_at <= $3 limit $4) due
            """, lane.ConnectionId, lane.TemplateId, clock.GetUtcNow(), most);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Takes what is due in a lane into a call and commits that; what is not to be sent any more is given up.</summary>
    /// <param name="preferenceChannel">Under which name customers' wishes for the channel are kept.</param>
    /// <returns>Null when nothing was due; without messages where something was given up only.</returns>
    internal async Task<ClaimedSends?> ClaimAsync(HandoverLane lane, int most, string preferenceChannel, CancellationToken cancellation)
    {
        var call = $"{Guid.NewGuid():N}";
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = Command(connection, SqlFile.Read("claim-triggered-sends.sql"), call, Lease, clock.GetUtcNow(), lane.ConnectionId, lane.TemplateId, most, preferenceChannel);
        var (touched, sends) = (false, new List<(long, TriggeredRecipient)>());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            touched = true;
            if (!reader.IsDBNull(1)) sends.Add((reader.GetInt64(0), new(reader.GetString(1), JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(2))!)));
        }
        return touched ? new(call, [.. sends.Select(s => s.Item1)], [.. sends.Select(s => s.Item2)]) : null;
    }

    /// <summary>Keeps what became of a call. Runs to its end even while the process is being stopped: what the outside has done must not be forgotten.</summary>
    internal async Task SettleAsync(ClaimedSends sends, HandoverOutcome outcome)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await WriteAsync(sends, outcome);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient && tries < MostTries)
            {
                await Task.Delay(TimeSpan.FromSeconds(tries), clock, CancellationToken.None);
            }
        }
    }

    private async Task WriteAsync(ClaimedSends sends, HandoverOutcome outcome)
    {
        string[] addresses = [.. outcome.Refused.Select(r => r.Address)], reasons = [.. outcome.Refused.Select(r => r.Reason)];
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = Command(connection, SqlFile.Read("settle-triggered-sends.sql"), sends.Ids, sends.Call, outcome.State, Text(outcome.ProviderId), Text(outcome.Sentence), clock.GetUtcNow(),
            outcome.Again.AtLeast, outcome.Again.First, outcome.Again.Longest, outcome.Alone, addresses, reasons);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Messages that were in flight when their process ended: nobody knows what came of them.</summary>
    public async Task ForsakeAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = Command(connection, SqlFile.Read("forsake-triggered-sends.sql"), clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }
}

/// <summary>Messages that are in flight in one call.</summary>
/// <param name="Call">Name of the call.</param>
/// <param name="Ids">Beside <paramref name="Recipients"/>.</param>
internal sealed record ClaimedSends(string Call, long[] Ids, IReadOnlyList<TriggeredRecipient> Recipients);
