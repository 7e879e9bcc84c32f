using System.Text;
using Npgsql;

namespace Optimove.Portal.Customers.Import.Copy;

/// <summary>Counts every reject by column and reason, and stores the first ones: in a temporary file while the connection is busy,
/// in the table import_rejects at the end, or with whoever asked for them.</summary>
internal sealed class RejectLog(ImportRequest request) : IDisposable
{
    private const int MostCharacters = 2000;
    private readonly CopySpool _spool = new();
    private readonly Dictionary<(string?, string), long> _counts = [];

    public long Count { get; private set; }
    public int Stored { get; private set; }
    public IReadOnlyList<RejectCount> ByReason =>
        [.. _counts.OrderByDescending(c => c.Value).Select(c => new RejectCount(c.Key.Item1, c.Key.Item2, c.Value))];
    public bool HasRoom => Stored < request.MostStoredRejects;

    public void Add(long line, ImportColumn? column, ImportFault fault, ReadOnlySpan<byte> raw) =>
        Add(line, column?.Field, fault.Sentence(column?.Length), HasRoom ? Text(raw) : "");

    public void Add(long line, string? column, string reason, string raw)
    {
        AddUnstored(column, reason, 1);
        if (!HasRoom)
            return;
        Stored++;
        if (request.OnReject is { } receiver)
        {
            receiver(new(line, column, reason, raw));
            return;
        }
        _spool.BeginRow(5);
        _spool.Write(request.ImportId);
        _spool.Write(line);
        _spool.Write(column);
        _spool.Write(reason);
        _spool.Write(raw);
    }

    public void AddUnstored(string? column, string reason, long rows)
    {
        Count += rows;
        _counts[(column, reason)] = _counts.GetValueOrDefault((column, reason)) + rows;
    }

    /// <summary>Puts what is stored into import_rejects, in place of an earlier run's, in the connection's transaction if it has one.</summary>
    public async Task SaveAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var clear = new NpgsqlCommand("delete from import_rejects where import_id = $1", connection) { Parameters = { new() { Value = request.ImportId } } };
        await clear.ExecuteNonQueryAsync(cancellation);
        if (_spool.Rows > 0)
            await _spool.CopyAsync(connection, "copy import_rejects (import_id, line, column_name, reason, raw) from stdin (format binary)", cancellation);
    }

    public void Dispose() => _spool.Dispose();

    /// <summary>At most 2,000 characters; what is no UTF-8 and NUL, which PostgreSQL cannot keep, become U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, MostCharacters * 4)]);
        var length = Math.Min(text.Length, MostCharacters);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length].Replace('\0', '\uFFFD');
    }
}
