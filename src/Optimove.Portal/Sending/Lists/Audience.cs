using System.Data;
using System.Globalization;
using Npgsql;
using Optimove.Portal.Customers.Mailboxes;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Lists;

/// <summary>
/// The customers of a list in one or more parts that are read at the same time, all as they were at one moment: whoever shares an address or opted
/// out did so when the customers were as they are read.
/// </summary>
internal sealed class Audience : IAsyncDisposable
{
    // Two keep both processors of a small server at work, and its disk.
    private const int MostParts = 2;
    private readonly List<NpgsqlConnection> _connections = [];
    private NpgsqlTransaction _snapshot = null!;

    private Audience() { }

    public List<ReadAudience> Parts { get; } = [];
    public Standings Standings { get; private set; } = null!;

    /// <param name="pagesInPart">From how many pages of the customers on they are read in parts; null for one part always.</param>
    public static async Task<Audience> OpenAsync(TenantDatabase database, ListPlan plan, int? pagesInPart, CancellationToken cancellation)
    {
        var audience = new Audience();
        try
        {
            await audience.BeginAsync(database, plan, pagesInPart, cancellation);
            return audience;
        }
        catch
        {
            await audience.DisposeAsync();
            throw;
        }
    }

    /// <summary>To be called when all has been read: keeps what was found out about shared addresses for the next list.</summary>
    public Task EndAsync(CancellationToken cancellation) => _snapshot.CommitAsync(cancellation);

    // A connection that goes back to its pool ends its transaction.
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync();
    }

    private async Task BeginAsync(TenantDatabase database, ListPlan plan, int? pagesInPart, CancellationToken cancellation)
    {
        var first = await ConnectAsync(database, cancellation);
        _snapshot = plan.By.CanBeShared
            ? await RefreshSharedMailboxes.SnapshotAsync(first, plan.By.Field, plan.By.IsEmail, cancellation)
            : await first.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var (snapshot, pages) = await SnapshotAsync(first, cancellation);
        var parts = Math.Clamp((int)(pages / Math.Max(1, pagesInPart ?? long.MaxValue)), 1, MostParts);
        for (var part = 0; part < parts; part++)
        {
            var connection = part == 0 ? first : await JoinAsync(database, snapshot, cancellation);
            Parts.Add(await ReadAudience.BeginAsync(connection, plan, Where(part, parts, pages), cancellation));
        }
        Standings = await Standings.ReadAsync(Parts[0], cancellation);
    }

    private async Task<NpgsqlConnection> ConnectAsync(TenantDatabase database, CancellationToken cancellation)
    {
        _connections.Add(await database.OpenAsync(cancellation));
        return _connections[^1];
    }

    private static async Task<(string Snapshot, long Pages)> SnapshotAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_export_snapshot(), pg_relation_size('customers') / current_setting('block_size')::int", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetString(0), reader.GetInt64(1));
    }

    private async Task<NpgsqlConnection> JoinAsync(TenantDatabase database, string snapshot, CancellationToken cancellation)
    {
        var connection = await ConnectAsync(database, cancellation);
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await using var command = new NpgsqlCommand($"set transaction snapshot '{snapshot}'", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    // Each part is a range of the table's pages; the first begins and the last ends with the table.
    private static string Where(int part, int parts, long pages)
    {
        var from = part == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and c.ctid >= '({pages * part / parts},0)'");
        return part == parts - 1 ? from : string.Create(CultureInfo.InvariantCulture, $"{from} and c.ctid < '({pages * (part + 1) / parts},0)'");
    }
}
