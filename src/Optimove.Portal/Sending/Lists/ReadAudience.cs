using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting.Sql;

namespace Optimove.Portal.Sending.Lists;

/// <summary>
/// Streams customers for a list by binary COPY, which costs server and client half of what rows of a query cost.
/// COPY takes no parameters, so the rule's values wait in a temporary table of one row.
/// </summary>
internal sealed partial class ReadAudience
{
    private const int BatchSize = 256 * 1024, HeaderSize = 19;
    private readonly NpgsqlConnection _connection;
    private readonly ListPlan _plan;
    private readonly string _range, _hasNoApp;

    private ReadAudience(NpgsqlConnection connection, ListPlan plan, string range, string hasNoApp) => (_connection, _plan, _range, _hasNoApp) = (connection, plan, range, hasNoApp);

    /// <param name="connection">Open, with the tenant's role, in a transaction.</param>
    /// <param name="range">Which of the customers <c>c</c>, as further conditions in SQL.</param>
    public static async Task<ReadAudience> BeginAsync(NpgsqlConnection connection, ListPlan plan, string range, CancellationToken cancellation)
    {
        // The sets of a rule's look-ups are hashed in memory as long as they fit. Workers would take the processor from those who write the
        // list, and would mix the rows of a file that is sorted by id, whose key is made in half the time. Few customers are looked up by key.
        await ExecuteAsync(connection, "set local work_mem = '64MB'; set local max_parallel_workers_per_gather = 0; set local random_page_cost = 1.1", [], cancellation);
        var (hasNoApp, values) = plan.By.HasNoApp(plan.Rule.Parameters);
        if (values.Count > 0)
            await ExecuteAsync(connection, $"create temporary table rule_values on commit drop as select {string.Join(", ", values.Select(p => $"${p.Position} as v{p.Position}"))}", values, cancellation);
        return new(connection, plan, range, hasNoApp);
    }

    /// <param name="file">Name of the .sql file that reads: id, address, a boolean.</param>
    public async IAsyncEnumerable<AudienceRows> ReadAsync(string file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var rows = await _connection.BeginRawBinaryCopyAsync($"copy ({Query(file)}) to stdout (format binary)", cancellation);
        await rows.ReadExactlyAsync(new byte[HeaderSize], cancellation);
        var (buffer, filled) = (ArrayPool<byte>.Shared.Rent(BatchSize), 0);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            // Blocks this thread, which has nothing else to do: most of the bytes are there already.
            var read = 0;
            while (filled < buffer.Length && (read = rows.Read(buffer, filled, buffer.Length - filled)) > 0) filled += read;
            var (whole, isEnd) = AudienceRows.WholeRows(buffer.AsSpan(0, filled));
            var next = ArrayPool<byte>.Shared.Rent(whole == 0 ? 2 * buffer.Length : BatchSize);
            buffer.AsSpan(whole, filled - whole).CopyTo(next);
            filled -= whole;
            yield return new(buffer, whole);
            buffer = next;
            if (!isEnd && read > 0) continue;
            ArrayPool<byte>.Shared.Return(buffer);
            if (!isEnd) throw new EndOfStreamException("The customers ended in the middle of a row.");
            yield break;
        }
    }

    private string Query(string file) => Placeholder().Replace(SqlFile.Read(file)
        .Replace("{range}", _range, StringComparison.Ordinal).Replace("{doubles}", SqlFile.Read("find-doubles.sql"), StringComparison.Ordinal)
        .Replace("{predicate}", _plan.Rule.Predicate, StringComparison.Ordinal)
        .Replace("{hasNoApp}", _hasNoApp, StringComparison.Ordinal), "coalesce((select v$1 from rule_values))")
        .Replace("{column}", _plan.By.Column, StringComparison.Ordinal).Replace("{field}", _plan.By.Field, StringComparison.Ordinal)
        .Replace("{channel}", _plan.By.ChannelKey, StringComparison.Ordinal);

    // Inside a function, so that an array stays a value and "any" does not take it for rows.
    [GeneratedRegex(@"\$([0-9]+)")]
    private static partial Regex Placeholder();

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, IReadOnlyList<SqlParameter> parameters, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 }.With(parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
