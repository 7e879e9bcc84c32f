using Npgsql;
using Optimove.Portal.Data;

namespace Optimove.Portal.Tests.Testing;

/// <summary>A migrated PostgreSQL database for one test class (<c>IClassFixture</c>), dropped afterwards.</summary>
public sealed class TestDatabase(TestCluster cluster) : IAsyncLifetime
{
    private NpgsqlDataSource? _owner;

    /// <summary>The connection as owner of everything; the application's role is derived from it.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>What the code under test is given to reach this database.</summary>
    public DatabaseOptions Options => OptionsFor(ConnectionString);

    /// <summary>Connections as owner, past row-level security: for arranging and checking, not for the code under test.</summary>
    public NpgsqlDataSource Owner => _owner ?? throw new InvalidOperationException("The database is made when the test class starts.");

    /// <summary>Makes the template that every test database is a copy of; once a run.</summary>
    internal static async Task PrepareAsync(string ownerConnectionString)
    {
        await using var owner = new OwnerDatabase(ownerConnectionString);
        await new PrepareDatabase(owner, OptionsFor(ownerConnectionString)).RunAsync();
    }

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await cluster.CreateDatabaseAsync();
        _owner = NpgsqlDataSource.Create(ConnectionString);
    }

    public async Task RunAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The first column of the first row; the type's default when there is none or it is null.</summary>
    public async Task<T?> AskAsync<T>(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is T value ? value : default;
    }

    private static DatabaseOptions OptionsFor(string connectionString) => new(connectionString, new byte[32], "test");

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        await cluster.DropDatabaseAsync(ConnectionString);
    }
}
