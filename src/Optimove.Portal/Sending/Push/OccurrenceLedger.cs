using System.Collections.Concurrent;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Push;

/// <summary>The ledger of one occurrence in PostgreSQL. Calls begin only while <paramref name="owner"/> holds the claim on the occurrence.</summary>
public sealed class OccurrenceLedger(TenantDatabase database, TenantContext tenant, int occurrenceId, string owner, TimeProvider clock) : ILedger
{
    private readonly ConcurrentDictionary<int, RecipientChunk> _chunks = new();
    private int? _everybody;

    /// <summary>Makes a chunk's people known, so that refusals by address become refusals by customer.</summary>
    public void Carry(RecipientChunk chunk) => _chunks[chunk.Number] = chunk;

    /// <summary>One step carries everybody: who is refused is looked up in the list.</summary>
    public void CarryAll(int recipients) => _everybody = recipients;

    public async Task<IReadOnlyList<LedgerStep>> ReadAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("read-steps.sql"), connection)
        {
            Parameters = { new() { Value = occurrenceId } },
        };
        var steps = new List<LedgerStep>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            steps.Add(new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), Enum.Parse<StepState>(reader.GetString(2)),
                Answered(reader), reader.IsDBNull(4) ? null : reader.GetString(4)));
        }
        return steps;
    }

    private static StepAnswer? Answered(NpgsqlDataReader step)
    {
        var (addresses, reasons) = (step.GetFieldValue<string[]>(5), step.GetFieldValue<string[]>(6));
        if (step.IsDBNull(3) && addresses.Length == 0) return null;
        return new(step.IsDBNull(3) ? null : step.GetString(3), [.. addresses.Zip(reasons, (address, reason) => new Rejection(address, reason))]);
    }

    public async Task<StepAnswer> RunAsync(string step, int? chunk, Func<CancellationToken, Task<StepAnswer>> call, CancellationToken cancellation)
    {
        if (await BeginAsync(step, chunk, cancellation) is { } recorded) return recorded;
        StepAnswer answer;
        try
        {
            answer = await call(cancellation);
        }
        catch (ProviderException e)
        {
            await FinishAsync(step, chunk, e.Fault == ProviderFault.UnknownOutcome ? StepState.Unknown : StepState.Refused, null, e.Message);
            throw;
        }
        await FinishAsync(step, chunk, StepState.Accepted, answer, null);
        return answer;
    }

    public async Task SettleAsync(string step, StepAnswer? answer, CancellationToken cancellation)
    {
        var chunk = (await ReadAsync(cancellation)).FirstOrDefault(s => s.Name == step)?.Chunk;
        await FinishAsync(step, chunk, answer is null ? StepState.Planned : StepState.Accepted, answer, null);
    }

    public async Task CancelledAsync(string step, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("update send_steps set state = 'Cancelled', answered_at = $3 where occurrence_id = $1 and name = $2", connection)
        {
            Parameters = { new() { Value = occurrenceId }, new() { Value = step }, new() { Value = clock.GetUtcNow() } },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // Null when the call is to be made now.
    private async Task<StepAnswer?> BeginAsync(string step, int? chunk, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("begin-step.sql"), connection)
        {
            Parameters =
            {
                new() { Value = tenant.Current.Id }, new() { Value = occurrenceId }, new() { Value = step },
                new() { Value = chunk is { } c ? c : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer },
                new() { Value = chunk is { } n ? _everybody ?? (_chunks.TryGetValue(n, out var people) ? people.Recipients.Count : 0) : 0 },
                new() { Value = owner }, new() { Value = clock.GetUtcNow() },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetBoolean(3)) return null;
        if (!reader.GetBoolean(4)) throw new LeaseLostException();
        var before = Enum.Parse<StepState>(reader.GetString(0));
        return before switch
        {
            StepState.Accepted => new(reader.IsDBNull(1) ? null : reader.GetString(1)),
            StepState.Cancelled => throw new ProviderException(ProviderFault.Rejected, "This hand-over was cancelled."),
            _ => throw new ProviderException(ProviderFault.UnknownOutcome, reader.IsDBNull(2) ? "It is not known whether this call took effect." : reader.GetString(2)),
        };
    }

    // Runs to its end even while the process is being stopped: what the outside has done must not be forgotten.
    private async Task FinishAsync(string step, int? chunk, StepState state, StepAnswer? answer, string? sentence)
    {
        var (customers, reasons) = _everybody is null ? Refused(chunk, answer) : await RefusedOfAllAsync(answer);
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(SqlFile.Read("finish-step.sql"), connection)
        {
            Parameters =
            {
                new() { Value = tenant.Current.Id }, new() { Value = occurrenceId }, new() { Value = step }, new() { Value = state.ToString() },
                new() { Value = (object?)answer?.ProviderId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new() { Value = (object?)sentence ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new() { Value = clock.GetUtcNow() }, new() { Value = customers }, new() { Value = reasons },
            },
        };
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        if (chunk is { } number && state == StepState.Accepted) _chunks.TryRemove(number, out _);
    }

    private async Task<(string[] Customers, string[] Reasons)> RefusedOfAllAsync(StepAnswer? answer)
    {
        if (answer?.Rejections is not { Count: > 0 } rejections) return ([], []);
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("""
            select array_agg(r.customer_id), array_agg(j.reason)
            from unnest($2::text[], $3::text[]) as j (address, reason)
            join recipients r on r.occurrence_id = $1 and r.chunk is not null and r.address = j.address
            """, connection)
        {
            Parameters = { new() { Value = occurrenceId }, new() { Value = rejections.Select(r => r.Address).ToArray() }, new() { Value = rejections.Select(r => r.Reason).ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        await reader.ReadAsync(CancellationToken.None);
        return reader.IsDBNull(0) ? ([], []) : (reader.GetFieldValue<string[]>(0), reader.GetFieldValue<string[]>(1));
    }

    private (string[] Customers, string[] Reasons) Refused(int? chunk, StepAnswer? answer)
    {
        if (answer?.Rejections is not { Count: > 0 } rejections || chunk is not { } number || !_chunks.TryGetValue(number, out var people)) return ([], []);
        var byAddress = people.Recipients.ToDictionary(r => r.Address, r => r.CustomerId, StringComparer.OrdinalIgnoreCase);
        var known = rejections.Where(r => byAddress.ContainsKey(r.Address)).ToList();
        return ([.. known.Select(r => byAddress[r.Address])], [.. known.Select(r => r.Reason)]);
    }
}

/// <summary>Another process has taken the work over; this one stops without a trace.</summary>
public sealed class LeaseLostException() : Exception("The claim on this occurrence has gone to another process.");
