using System.Buffers;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting.Sql;

namespace Optimove.Portal.Sending.Lists;

/// <summary>
/// Streams the customers of a target group by binary COPY, which costs server and client half of what rows of a query cost.
/// COPY takes no parameters, so the rule's values wait in a temporary table of one row.
/// </summary>
internal sealed partial class ReadAudience(NpgsqlConnection connection, ListPlan plan)
{
    private const int BatchSize = 256 * 1024, HeaderSize = 19;

    /// <param name="batches">Gets whole rows; completed at the end, or with what went wrong.</param>
    public async Task RunAsync(ChannelWriter<AudienceRows> batches, CancellationToken cancellation)
    {
        try
        {
            // The sets of the look-ups are hashed in memory as long as they fit.
            await ExecuteAsync("set work_mem = '64MB'", [], cancellation);
            var (hasNoApp, values) = plan.By.HasNoApp(plan.Rule.Parameters);
            if (values.Count > 0)
                await ExecuteAsync($"create temporary table rule_values as select {string.Join(", ", values.Select(p => $"${p.Position} as v{p.Position}"))}", values, cancellation);
            await using var rows = await connection.BeginRawBinaryCopyAsync($"copy ({Query(hasNoApp)}) to stdout (format binary)", cancellation);
            await rows.ReadExactlyAsync(new byte[HeaderSize], cancellation);
            await SplitAsync(rows, batches, cancellation);
            batches.Complete();
        }
        catch (Exception e)
        {
            batches.Complete(e);
            throw;
        }
    }

    private string Query(string hasNoApp) => Placeholder().Replace(SqlFile.Read("read-audience.sql")
        .Replace("{predicate}", plan.Rule.Predicate, StringComparison.Ordinal)
        .Replace("{hasNoApp}", hasNoApp, StringComparison.Ordinal), "coalesce((select v$1 from rule_values))")
        .Replace("{column}", plan.By.Column, StringComparison.Ordinal).Replace("{field}", plan.By.Field, StringComparison.Ordinal)
        .Replace("{channel}", plan.By.ChannelKey, StringComparison.Ordinal);

    // Inside a function, so that an array stays a value and "any" does not take it for rows.
    [GeneratedRegex(@"\$([0-9]+)")]
    private static partial Regex Placeholder();

    private static async Task SplitAsync(Stream rows, ChannelWriter<AudienceRows> batches, CancellationToken cancellation)
    {
        var (buffer, filled) = (ArrayPool<byte>.Shared.Rent(BatchSize), 0);
        while (true)
        {
            // Nearly every byte is in the client's buffer already, and this thread has nothing else to do.
            var read = 0;
            while (filled < buffer.Length && (read = rows.Read(buffer, filled, buffer.Length - filled)) > 0) filled += read;
            var (whole, isEnd) = AudienceRows.WholeRows(buffer.AsSpan(0, filled));
            var next = ArrayPool<byte>.Shared.Rent(whole == 0 ? 2 * buffer.Length : BatchSize);
            buffer.AsSpan(whole, filled - whole).CopyTo(next);
            filled -= whole;
            await batches.WriteAsync(new(buffer, whole), cancellation);
            buffer = next;
            if (!isEnd && read > 0) continue;
            ArrayPool<byte>.Shared.Return(buffer);
            if (!isEnd) throw new EndOfStreamException("The customers ended in the middle of a row.");
            return;
        }
    }

    private async Task ExecuteAsync(string sql, IReadOnlyList<SqlParameter> parameters, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 }.With(parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
