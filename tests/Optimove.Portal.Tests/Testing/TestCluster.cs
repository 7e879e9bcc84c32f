using System.Globalization;
using Npgsql;
using Optimove.Portal.Data.Embedded;
using Optimove.Portal.Tests.Testing;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace Optimove.Portal.Tests.Testing;

/// <summary>One throwaway PostgreSQL for the whole run, started and prepared by the first test that asks for a database.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private const string Template = "prepared";
    private const string FolderPrefix = "optimove-tests-";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), FolderPrefix + Guid.NewGuid().ToString("N")[..8]);
    private readonly Lazy<Task<EmbeddedPostgres>> _server;
    private int _made;

    public TestCluster() => _server = new(StartAsync);

    /// <summary>A database of its own, cloned from the prepared one in a tenth of a second; returns the owner's connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var server = await _server.Value;
        var name = "test_" + Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture);
        await RunAsync(server, $"create database {name} template {Template} strategy file_copy");
        return ConnectionString(server, name);
    }

    public async Task DropDatabaseAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await RunAsync(await _server.Value, $"drop database if exists {name} with (force)");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_server.IsValueCreated || _server.Value.IsFaulted) return;
        NpgsqlConnection.ClearAllPools();
        await (await _server.Value).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<EmbeddedPostgres> StartAsync()
    {
        RemoveLeftovers();
        var server = await EmbeddedPostgres.StartAsync(new() { Folder = _folder, Database = Template, Throwaway = true });
        await TestDatabase.PrepareAsync(ConnectionString(server, Template, pooling: false));
        // A database can be cloned only while nobody is connected to it.
        NpgsqlConnection.ClearAllPools();
        await RunAsync(server, $"alter database {Template} with is_template true allow_connections false");
        await RunAsync(server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Template}'");
        return server;
    }

    private static string ConnectionString(EmbeddedPostgres server, string database, bool pooling = true) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database, Pooling = pooling, MaxPoolSize = 30, IncludeErrorDetail = true }.ConnectionString;

    private static async Task RunAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(server, "postgres", pooling: false));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // A run that was killed could not remove its folder; its server has ended with it.
    private static void RemoveLeftovers()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            try
            {
                using (var held = FolderLock.TryTake(folder))
                    if (held is null) continue;
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is RefusedException or IOException or UnauthorizedAccessException)
            {
                // Of another account, or another run removes it at this moment.
            }
        }
    }
}
