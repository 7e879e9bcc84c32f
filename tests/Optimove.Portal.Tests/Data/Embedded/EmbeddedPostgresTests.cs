using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Optimove.Portal.Data.Embedded;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Data.Embedded;

public sealed class EmbeddedPostgresTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "optimove-embedded-" + Guid.NewGuid().ToString("N")[..8]);

    private string PidFile => Path.Combine(_folder, "data", "postmaster.pid");

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Data_outlives_the_server(bool tcp)
    {
        await using (var cold = await StartAsync(tcp: tcp))
        {
            Assert.True(cold.Created);
            await AskAsync(cold, "create table t (v int); insert into t values (7)");
            output.WriteLine($"first start {cold.StartedIn.TotalSeconds:F2} s");
        }
        Assert.False(File.Exists(PidFile));
        await using var warm = await StartAsync(tcp: tcp);
        Assert.False(warm.Created);
        Assert.Equal(7, await AskAsync(warm, "select v from t"));
        output.WriteLine($"second start {warm.StartedIn.TotalSeconds:F2} s");
    }

    [Fact]
    public async Task The_server_does_not_run_as_root()
    {
        await using var server = await StartAsync();
        var owner = File.GetUnixFileMode(Path.Combine(_folder, "data"));
        Assert.Equal(UnixFileMode.None, owner & (UnixFileMode.OtherExecute | UnixFileMode.GroupExecute));
        var user = File.ReadLines($"/proc/{Pid()}/status").Single(l => l.StartsWith("Uid:", StringComparison.Ordinal));
        Assert.DoesNotContain("\t0\t", user, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_runs_the_server_as_nobody_where_there_is_no_postgres_account()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root changes the account");
        await using var server = await EmbeddedPostgres.StartAsync(new() { Folder = _folder, Throwaway = true, Account = "nobody" }, TestContext.Current.CancellationToken);
        Assert.Equal(1, await AskAsync(server, "select 1"));
    }

    [Fact]
    public async Task The_server_does_not_see_the_environment_of_the_portal()
    {
        Environment.SetEnvironmentVariable("PORTAL_TEST_SECRET", "hunter2");
        await using var server = await StartAsync();
        Assert.DoesNotContain("hunter2", await File.ReadAllTextAsync($"/proc/{Pid()}/environ", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_start_says_who_runs_and_where()
    {
        await using var first = await StartAsync();
        first.Announce("http://localhost:5080");
        var refused = await Assert.ThrowsAsync<RefusedException>(() => StartAsync());
        Assert.Contains($"already runs at http://localhost:5080 (process {Environment.ProcessId})", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await AskAsync(first, "select 1"));
    }

    [Fact]
    public async Task A_killed_server_leaves_a_stale_pid_file_and_starts_again_with_its_data()
    {
        var first = await StartAsync(throwaway: false);
        await AskAsync(first, "create table t (v int); insert into t values (7)");
        using (var server = Process.GetProcessById(Pid()))
        {
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await first.DisposeAsync();
        // The number now belongs to somebody else, as happens in a container that was started again.
        var lines = await File.ReadAllLinesAsync(PidFile, TestContext.Current.CancellationToken);
        lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(PidFile, lines, TestContext.Current.CancellationToken);

        await using var second = await StartAsync(throwaway: false);
        Assert.Equal(7, await AskAsync(second, "select v from t"));
    }

    [Fact]
    public async Task A_first_start_that_was_cut_short_is_made_up_for()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data.new"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "lock"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "data.new", "PG_VERSION"), "15", TestContext.Current.CancellationToken);
        await using var server = await StartAsync();
        Assert.Equal(1, await AskAsync(server, "select 1"));
    }

    [Fact]
    public async Task A_folder_of_something_else_is_left_alone()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "thesis.txt"), "", TestContext.Current.CancellationToken);
        var mode = File.GetUnixFileMode(_folder);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => StartAsync());
        Assert.Contains("something else", refused.Message, StringComparison.Ordinal);
        Assert.Equal(mode, File.GetUnixFileMode(_folder));
    }

    [Fact]
    public async Task A_cluster_of_another_version_is_named()
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "data", "PG_VERSION"), "9\n", TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => StartAsync());
        Assert.Contains("was made by PostgreSQL 9", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_the_account_cannot_enter_is_named()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root changes the account");
        Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            EmbeddedPostgres.StartAsync(new() { Folder = Path.Combine(_folder, "a", "b") }, TestContext.Current.CancellationToken));
        Assert.Contains($"cannot enter {_folder}.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_too_long_for_a_socket_is_served_over_tcp()
    {
        var deep = Path.Combine(_folder, new string('d', 100));
        await using var server = await EmbeddedPostgres.StartAsync(new() { Folder = deep, Throwaway = true }, TestContext.Current.CancellationToken);
        Assert.Equal("127.0.0.1", new NpgsqlConnectionStringBuilder(server.ConnectionString).Host);
        Assert.Equal(1, await AskAsync(server, "select 1"));
    }

    [Fact]
    public async Task A_wrong_folder_of_binaries_is_named()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            EmbeddedPostgres.StartAsync(new() { Folder = _folder, BinFolder = "/nowhere" }, TestContext.Current.CancellationToken));
        Assert.Contains("/nowhere", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_wait_for_the_disk_unless_the_data_may_be_lost()
    {
        await using (var server = await StartAsync()) Assert.Equal("off", await AskAsync(server, "show fsync"));
        await using var durable = await StartAsync(throwaway: false);
        Assert.Equal("on", await AskAsync(durable, "show fsync"));
        Assert.Equal("on", await AskAsync(durable, "show synchronous_commit"));
        Assert.Equal("64MB", await AskAsync(durable, "show work_mem"));
        Assert.Equal("off", await AskAsync(durable, "show jit"));
    }

    [Fact]
    public void Each_installation_has_a_default_folder_of_its_own()
    {
        Assert.StartsWith("/var/lib/optimove-portal/", EmbeddedPostgresOptions.DefaultFolder(root: true, "/home/a/clone"), StringComparison.Ordinal);
        Assert.NotEqual(EmbeddedPostgresOptions.DefaultFolder(root: true, "/home/a/clone"), EmbeddedPostgresOptions.DefaultFolder(root: true, "/home/b/clone"));
        Assert.DoesNotContain("/var/lib", EmbeddedPostgresOptions.DefaultFolder(root: false, "/home/a/clone"), StringComparison.Ordinal);
    }

    private Task<EmbeddedPostgres> StartAsync(bool tcp = false, bool throwaway = true) =>
        EmbeddedPostgres.StartAsync(new() { Folder = _folder, Tcp = tcp, Throwaway = throwaway }, TestContext.Current.CancellationToken);

    private int Pid() => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    private static async Task<object?> AskAsync(EmbeddedPostgres postgres, string sql)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
