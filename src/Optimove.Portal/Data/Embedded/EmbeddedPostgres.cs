using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Optimove.Portal.Data.Embedded;

/// <summary>A private PostgreSQL server that lives as long as this process, on data that outlives it.</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>The superuser that owns the cluster; for migrations, not for the application.</summary>
    public const string Owner = "portal_owner";
    internal const int SocketPort = 5432;

    private readonly ServerKeeper _keeper;
    private readonly FolderLock _lock;

    private EmbeddedPostgres(ServerKeeper keeper, FolderLock folderLock) => (_keeper, _lock) = (keeper, folderLock);

    /// <summary>
    /// The connection as <see cref="Owner"/>. Through the socket any role of the cluster may take the owner's place in it without a
    /// password; over TCP the owner's password is in it.
    /// </summary>
    public required string ConnectionString { get; init; }
    public required string Folder { get; init; }
    /// <summary>True when this start made the cluster.</summary>
    public required bool Created { get; init; }
    public required TimeSpan StartedIn { get; init; }

    /// <summary>Starts the server, with an empty database when the folder has none yet. Says in a sentence why it could not (<see cref="RefusedException"/>).</summary>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var binaries = PostgresBinaries.Find(options.BinFolder);
        var account = ServerAccount.Choose(options.Account);
        account.RefuseIfItCannotEnter(binaries.Folder);
        var folder = new DataFolder(Path.GetFullPath(string.IsNullOrEmpty(options.Folder) ? EmbeddedPostgresOptions.DefaultFolder() : options.Folder), account);
        await folder.MakeAsync(cancellation);

        var folderLock = FolderLock.Take(folder.Path);
        try
        {
            var created = !folder.HasCluster;
            await PrepareAsync(folder, binaries, created, options.Throwaway, cancellation);
            var (keeper, connection) = await LaunchAsync(folder, binaries, account, options, cancellation);
            return new(keeper, folderLock) { ConnectionString = connection.ConnectionString, Folder = folder.Path, Created = created, StartedIn = clock.Elapsed };
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Tells a second start on the same folder where this portal is reached.</summary>
    public void Announce(string address) => _lock.Announce(address);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        await _keeper.DisposeAsync();
        _lock.Dispose();
    }

    private static async Task PrepareAsync(DataFolder folder, PostgresBinaries binaries, bool create, bool throwaway, CancellationToken cancellation)
    {
        folder.TrimLog();
        if (create)
        {
            await folder.InitializeAsync(binaries, Owner, throwaway, cancellation);
            return;
        }
        binaries.RefuseOtherVersion(folder.Cluster);
        await folder.EndLeftoverAsync(binaries, cancellation);
    }

    private static async Task<(ServerKeeper, NpgsqlConnectionStringBuilder)> LaunchAsync(
        DataFolder folder, PostgresBinaries binaries, ServerAccount account, EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        var tcp = options.Tcp || !folder.FitsSocket;
        for (var attempt = 1; ; attempt++)
        {
            int? port = tcp ? FreePort() : null;
            try
            {
                var keeper = await ServerKeeper.StartAsync(binaries, folder, account, port, options, cancellation);
                var connection = Connection(folder, port, options.Database);
                await CreateDatabaseAsync(keeper, connection, cancellation);
                return (keeper, connection);
            }
            catch (PortTakenException) when (attempt < 5)
            {
            }
        }
    }

    private static NpgsqlConnectionStringBuilder Connection(DataFolder folder, int? port, string database) => new()
    {
        Host = port is null ? folder.Path : "127.0.0.1",
        Port = port ?? SocketPort,
        Username = Owner,
        Password = port is null ? null : folder.Password,
        Database = database,
    };

    private static async Task CreateDatabaseAsync(ServerKeeper keeper, NpgsqlConnectionStringBuilder connection, CancellationToken cancellation)
    {
        try
        {
            var admin = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Database = "postgres", Pooling = false };
            await using var db = new NpgsqlConnection(admin.ConnectionString);
            await db.OpenAsync(cancellation);
            await using var missing = new NpgsqlCommand(
                "select format('create database %I', $1::text) where not exists (select from pg_database where datname = $1)", db)
            { Parameters = { new() { Value = connection.Database } } };
            if (await missing.ExecuteScalarAsync(cancellation) is not string sql) return;
            await using var create = new NpgsqlCommand(sql, db);
            await create.ExecuteNonQueryAsync(cancellation);
        }
        catch
        {
            await keeper.DisposeAsync();
            throw;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
