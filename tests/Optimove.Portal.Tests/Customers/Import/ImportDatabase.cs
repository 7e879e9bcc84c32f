using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tests.Customers.Import;

[assembly: AssemblyFixture(typeof(ImportDatabase))]

namespace Optimove.Portal.Tests.Customers.Import;

/// <summary>A throwaway PostgreSQL behind a unix socket, started by the first test that asks for a tenant.</summary>
public sealed class ImportDatabase : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "optimove-import-" + Guid.NewGuid().ToString("N")[..8]);
    private readonly Lazy<Task<Process>> _server;
    private int _tenants;

    public ImportDatabase() => _server = new(StartAsync);

    /// <summary>An empty tenant: a role of its own that sees its schema with the customer tables.</summary>
    public async Task<ImportTenant> TenantAsync()
    {
        await _server.Value;
        var name = "tenant_" + Interlocked.Increment(ref _tenants).ToString(CultureInfo.InvariantCulture);
        await using var owner = await ConnectAsync(_folder);
        await ExecuteAsync(owner, $"create role {name} login; create schema {name} authorization {name}; alter role {name} set search_path = {name}, public");
        var tenant = new ImportTenant($"Host={_folder};Username={name};Database=postgres;Pooling=false;Include Error Detail=true");
        await using var connection = await tenant.OpenAsync();
        await ExecuteAsync(connection, SqlFile.Read("create-customer-tables.sql"));
        return tenant;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_server.IsValueCreated)
            return;
        var server = await _server.Value;
        using var stop = Process.Start("kill", ["-INT", server.Id.ToString(CultureInfo.InvariantCulture)]);
        await server.WaitForExitAsync();
        server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Process> StartAsync()
    {
        Directory.CreateDirectory(_folder);
        var user = Environment.IsPrivilegedProcess ? "postgres" : null;
        if (user is not null)
            await EndAsync(Start("chown", [user, _folder], null));
        var bin = Directory.GetDirectories("/usr/lib/postgresql").Order().Last() + "/bin";
        await EndAsync(Start($"{bin}/initdb", ["-D", $"{_folder}/data", "-U", "owner", "--encoding=UTF8", "--locale=C", "--auth=trust", "--no-sync", "--no-instructions"], user));
        var server = Start($"{bin}/postgres", ["-D", $"{_folder}/data", "-k", _folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off"], user);
        _ = server.StandardError.ReadToEndAsync();
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            try
            {
                await using var connection = await ConnectAsync(_folder);
                return server;
            }
            catch (NpgsqlException) when (clock.Elapsed < TimeSpan.FromSeconds(60) && !server.HasExited)
            {
            }
        }
    }

    private static async Task<NpgsqlConnection> ConnectAsync(string folder)
    {
        var connection = new NpgsqlConnection($"Host={folder};Username=owner;Database=postgres;Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task EndAsync(Process process)
    {
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        process.Dispose();
    }

    private static Process Start(string program, IEnumerable<string> arguments, string? user)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (user is not null)
            (start.UserName, start.WorkingDirectory) = (user, "/");
        return Process.Start(start)!;
    }
}

/// <summary>A tenant to import into, with the attributes that most tests use.</summary>
public sealed class ImportTenant(string connectionString)
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

    public ManualClock Clock { get; } = new();

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

    /// <summary>Waits, 30 seconds at most, until a query says true.</summary>
    public async Task UntilAsync(string condition)
    {
        for (var clock = Stopwatch.StartNew(); (await RowsAsync(condition))[0] != "True"; await Task.Delay(20, TestContext.Current.CancellationToken))
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), condition);
    }

    /// <summary>Stored rejects as line|column|reason.</summary>
    public Task<string[]> RejectsAsync() => RowsAsync("select line, column_name, reason from import_rejects order by line");
}

/// <summary>A clock that moves only when told.</summary>
public sealed class ManualClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 31, 4, 0, 0, TimeSpan.Zero);
    public override DateTimeOffset GetUtcNow() => Now;
}
