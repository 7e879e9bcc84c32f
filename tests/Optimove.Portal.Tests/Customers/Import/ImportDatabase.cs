using System.Globalization;
using System.Text;
using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Customers.Import;

/// <summary>A database for the class, with as many empty tenants as its tests ask for.</summary>
public sealed class ImportDatabase(TestCluster cluster) : IAsyncLifetime
{
    private readonly string _prefix = "import_" + Guid.NewGuid().ToString("N")[..8] + "_";
    private string _owner = "";
    private int _tenants;

    public async ValueTask InitializeAsync() => _owner = await cluster.CreateDatabaseAsync();

    /// <summary>An empty tenant: a role of its own that sees its schema with the customer tables.</summary>
    public async Task<ImportTenant> TenantAsync()
    {
        var name = _prefix + Interlocked.Increment(ref _tenants).ToString(CultureInfo.InvariantCulture);
        var owner = new NpgsqlConnectionStringBuilder(_owner) { Pooling = false };
        var tenant = new NpgsqlConnectionStringBuilder(_owner) { Pooling = false, Options = $"-c role={name} -c search_path={name},public" };
        await ExecuteAsync(owner.ConnectionString, $"create role {name}; create schema {name} authorization {name}");
        await ExecuteAsync(tenant.ConnectionString, SqlFile.Read("create-customer-tables.sql"));
        return new(tenant.ConnectionString, owner.ConnectionString);
    }

    public async ValueTask DisposeAsync() => await cluster.DropDatabaseAsync(_owner);

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}

/// <summary>A tenant to import into, with the attributes that most tests use.</summary>
public sealed class ImportTenant(string connectionString, string ownerConnectionString)
{
    public static readonly AttributeColumn[] Attributes =
    [
        new("name", "Name", AttributeType.Text, 20),
        new("age", "Age", AttributeType.Integer),
        new("balance", "Balance", AttributeType.Decimal),
        new("vip", "VIP", AttributeType.Boolean),
        new("birthday", "Birthday", AttributeType.Date),
        new("seen_at", "Seen at", AttributeType.Timestamp),
    ];

    public ManualTimeProvider Clock { get; } = new("2026-03-31 04:00");
    public string OwnerConnectionString => ownerConnectionString;

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public Task<ImportReport> ImportAsync(ImportKind kind, string file, Func<ImportRequest, ImportRequest>? with = null) =>
        ImportAsync(kind, Encoding.UTF8.GetBytes(file), with);

    public async Task<ImportReport> ImportAsync(ImportKind kind, byte[] file, Func<ImportRequest, ImportRequest>? with = null)
    {
        using var stream = new MemoryStream(file);
        return await ImportAsync(kind, stream, with);
    }

    public async Task<ImportReport> ImportAsync(ImportKind kind, Stream file, Func<ImportRequest, ImportRequest>? with = null,
        IProgress<ImportProgress>? progress = null, CancellationToken? cancellation = null)
    {
        await using var connection = await OpenAsync();
        var request = new ImportRequest(1, kind, file, Attributes);
        var report = await new CustomerFileImport(Clock).RunAsync(connection, with?.Invoke(request) ?? request, progress, cancellation ?? TestContext.Current.CancellationToken);
        Assert.Equal(report.RowsRead, report.RowsLoaded + report.RowsKnown + report.RowsRejected);
        Assert.Equal(report.RowsRejected, report.Rejects.Sum(r => r.Rows));
        return report;
    }

    /// <summary>The rows of a query, the columns of each joined by |.</summary>
    public async Task<string[]> RowsAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand("set timezone = 'UTC'; " + sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return [.. rows];
    }

    public async Task RunAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until a query says true.</summary>
    public Task UntilAsync(string condition) => Eventually.Async(async () => (await RowsAsync(condition))[0] == "True", TimeSpan.FromSeconds(30), condition);

    /// <summary>Stored rejects as line|column|reason.</summary>
    public Task<string[]> RejectsAsync() => RowsAsync("select line, column_name, reason from import_rejects order by line");
}
