using Npgsql;
using Optimove.Portal.Customers.Import.Copy;

namespace Optimove.Portal.Customers.Import.Tables;

/// <summary>What came of the rows that were sent to a table.</summary>
internal sealed record LoadResult(long Loaded)
{
    public long Known { get; init; }
    public long? UnknownCustomers { get; init; }
    public string? EarlierVersion { get; init; }
}

/// <summary>How the rows of one kind of file get into their table; both steps run in the import's transaction.</summary>
internal abstract class FileLoad(NpgsqlConnection connection)
{
    protected NpgsqlConnection Connection => connection;
    /// <summary>All columns that a file of this kind may have.</summary>
    public abstract IReadOnlyList<ImportColumn> Columns { get; }
    /// <summary>Whether the rows need their line and raw text beside them.</summary>
    public virtual bool WithLine => false;
    /// <summary>Whether a key may come once only.</summary>
    public virtual bool UniqueKeys => false;
    /// <summary>Makes the table that takes the rows and returns the COPY statement.</summary>
    public abstract Task<string> PrepareAsync(FileLayout layout, CancellationToken cancellation);
    /// <summary>Puts what was copied where it belongs, and rejects what only the database can see.</summary>
    public abstract Task<LoadResult> FinishAsync(FileLayout layout, RowEncoder encoder, RejectLog rejects, CancellationToken cancellation);

    protected async Task<int> RunAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    protected async Task<T> AskAsync<T>(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(sql, values);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Rejects the rows of a query by their _line and _raw, names that no attribute can have; only as many texts as are stored leave the database.</summary>
    protected async Task RejectAsync(string from, ImportFault fault, string? column, RejectLog rejects, CancellationToken cancellation)
    {
        var all = await AskAsync<long>($"select count(*) from {from}", cancellation);
        if (all == 0)
            return;
        var before = rejects.Count;
        await using var command = Command($"select _line, left(_raw, 2000) from {from} order by _line limit 100000", []);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (rejects.HasRoom && await reader.ReadAsync(cancellation))
            rejects.Add(reader.GetInt64(0), column, fault.Sentence(), reader.GetString(1));
        rejects.AddUnstored(column, fault.Sentence(), all - (rejects.Count - before));
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
