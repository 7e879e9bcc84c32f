using System.Text;
using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;

namespace Optimove.Portal.Tests.Customers.Import;

public sealed class CustomerSwapTests(ImportDatabase database) : IClassFixture<ImportDatabase>
{
    private static string File(string name, int rows) => "customer_id,name\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},{name}\n"));

    [Fact]
    public async Task A_reader_sees_one_version_or_the_other_and_never_a_mixture()
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Customers, File("v0", 3000));
        using var done = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            var seen = new HashSet<string>();
            while (!done.IsCancellationRequested)
                seen.Add(Assert.Single(await tenant.RowsAsync("select string_agg(distinct name, '+'), count(*) from customers")));
            return seen;
        }, TestContext.Current.CancellationToken);
        for (var version = 1; version <= 6; version++)
        {
            tenant.Clock.Advance(TimeSpan.FromDays(1));
            await tenant.ImportAsync(ImportKind.Customers, File($"v{version}", 3000 + version));
        }
        await done.CancelAsync();
        var all = await reading;
        Assert.Subset(Enumerable.Range(0, 7).Select(v => $"v{v}|{3000 + v}").ToHashSet(), all);
        Assert.True(all.Count > 1, "the reader saw no swap");
    }

    [Fact]
    public async Task A_reader_in_a_long_transaction_keeps_its_version_and_the_swap_waits_for_it()
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Customers, File("old", 10));
        await using var reader = await tenant.OpenAsync();
        await using var transaction = await reader.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var count = new NpgsqlCommand("select string_agg(distinct name, '+') from customers", reader);
        Assert.Equal("old", await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        var import = tenant.ImportAsync(ImportKind.Customers, File("new", 20));
        await tenant.UntilAsync("select exists (select from pg_locks where not granted and mode = 'AccessExclusiveLock' and relation = to_regclass('customers'))");
        Assert.Equal("old", await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await import;
        Assert.Equal("new", await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Earlier_versions_are_kept_restored_and_purged()
    {
        var tenant = await database.TenantAsync();
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Null((await tenant.ImportAsync(ImportKind.Customers, File("first", 3))).EarlierVersion);
        var version = (await tenant.ImportAsync(ImportKind.Customers, File("second", 4))).EarlierVersion!;
        await tenant.ImportAsync(ImportKind.Customers, File("third", 5));
        await using var connection = await tenant.OpenAsync();
        Assert.Equal(2, (await CustomerVersions.ListAsync(connection, cancellation)).Count);
        await CustomerVersions.RestoreAsync(connection, version, cancellation);
        Assert.Equal(["first"], await tenant.RowsAsync("select distinct name from customers"));
        tenant.Clock.Advance(TimeSpan.FromDays(5));
        await tenant.ImportAsync(ImportKind.Customers, File("fourth", 6));
        Assert.Equal(2, await CustomerVersions.PurgeAsync(connection, tenant.Clock.GetUtcNow() - TimeSpan.FromDays(4), cancellation));
        Assert.Equal(tenant.Clock.GetUtcNow(), Assert.Single(await CustomerVersions.ListAsync(connection, cancellation)).ReplacedAt);
        await Assert.ThrowsAsync<RefusedException>(() => CustomerVersions.RestoreAsync(connection, version, cancellation));
    }

    [Fact]
    public async Task A_cancelled_import_leaves_the_old_version_and_a_connection_that_works()
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Customers, File("old", 3));
        using var cancel = new CancellationTokenSource();
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(File("new", 200_000)));
        await using var connection = await tenant.OpenAsync();
        var import = new CustomerFileImport(tenant.Clock).RunAsync(connection, new(1, ImportKind.Customers, file, ImportTenant.Attributes), new After(50_000, cancel.Cancel), cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => import);
        Assert.Equal(["old"], await tenant.RowsAsync("select distinct name from customers"));
        await using var alive = new NpgsqlCommand("select 1", connection);
        Assert.Equal(1, await alive.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_connection_that_breaks_half_way_is_refused_and_leaves_the_old_version()
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Customers, File("old", 3));
        await using var connection = await tenant.OpenAsync();
        await using var other = new NpgsqlConnection(tenant.OwnerConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        var pid = connection.ProcessID;
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(File("new", 400_000)));
        var import = new CustomerFileImport(tenant.Clock).RunAsync(connection, new(1, ImportKind.Customers, file, ImportTenant.Attributes), new After(50_000, () =>
        {
            using var kill = new NpgsqlCommand($"select pg_terminate_backend({pid})", other);
            kill.ExecuteNonQuery();
        }), TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => import);
        Assert.Equal("The connection to the database broke. Nothing was imported, and the earlier data stays. Import the file again.", refusal.Message);
        Assert.Equal(["old"], await tenant.RowsAsync("select distinct name from customers"));
    }

    [Fact]
    public async Task A_file_that_breaks_off_while_it_is_read_is_refused_and_leaves_the_old_version()
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Customers, File("old", 3));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => tenant.ImportAsync(ImportKind.Customers, new BreakingStream(Encoding.UTF8.GetBytes(File("new", 100_000)), 700_000)));
        Assert.Equal("The file could not be read to its end (cable pulled). Nothing was imported.", refusal.Message);
        Assert.Equal(["old"], await tenant.RowsAsync("select distinct name from customers"));
    }

    [Fact]
    public async Task A_second_import_of_the_same_client_at_the_same_time_is_refused()
    {
        var tenant = await database.TenantAsync();
        Exception? second = null;
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(File("new", 100_000)));
        await tenant.ImportAsync(ImportKind.Customers, file, progress: new After(1, () =>
            second = Assert.ThrowsAsync<RefusedException>(() => tenant.ImportAsync(ImportKind.Customers, File("x", 1))).GetAwaiter().GetResult()));
        Assert.Equal("Another file of this client is being imported. Try again when it is done.", second?.Message);
        Assert.Equal(["100000"], await tenant.RowsAsync("select count(*) from customers"));
    }

    [Theory]
    [InlineData(PostgresErrorCodes.DiskFull, "The database's disk is full. Nothing was imported, and the earlier data stays. Make room and import the file again.")]
    [InlineData(PostgresErrorCodes.LockNotAvailable, "The customers were in use for too long to be replaced. Nothing was imported. Import the file again later.")]
    public void What_the_machine_does_is_said_in_words(string state, string sentence) =>
        Assert.Equal(sentence, DatabaseRefusal.For(new PostgresException("m", "ERROR", "ERROR", state))?.Message);

    [Fact]
    public void A_wrong_statement_is_a_bug_and_no_refusal() =>
        Assert.Null(DatabaseRefusal.For(new PostgresException("m", "ERROR", "ERROR", PostgresErrorCodes.SyntaxError)));

    /// <summary>Does something once, when so many rows were read.</summary>
    private sealed class After(long rows, Action act) : IProgress<ImportProgress>
    {
        private bool _done;

        public void Report(ImportProgress value)
        {
            if (_done || value.Rows < rows)
                return;
            _done = true;
            act();
        }
    }

    private sealed class BreakingStream(byte[] bytes, int at) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position >= at ? throw new IOException("cable pulled") : base.ReadAsync(buffer, cancellationToken);
    }
}
