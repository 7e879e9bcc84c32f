using System.Diagnostics;
using Npgsql;

namespace Optimove.Portal.Bench;

/// <summary>A PostgreSQL of its own in a temporary folder, with the settings that the published figures were measured with; removed on disposal.</summary>
public sealed class BenchCluster : IAsyncDisposable
{
    private static readonly string[] Settings =
    [
        "fsync=on", "synchronous_commit=on", "full_page_writes=on", "wal_level=replica", "shared_buffers=4GB", "work_mem=64MB", "max_wal_size=16GB",
        "max_parallel_workers_per_gather=1", "jit=off", "autovacuum=off", "checkpoint_timeout=1h", "listen_addresses=",
    ];

    private readonly string _folder;
    private readonly Process _server;

    private BenchCluster(string folder, Process server) => (_folder, _server) = (folder, server);

    /// <summary>Arguments of psql that reach it.</summary>
    public string[] PsqlArguments => ["-h", _folder, "-U", "bench", "-d", "postgres", "-q", "-X", "-v", "ON_ERROR_STOP=1"];

    public string ConnectionString => $"Host={_folder};Username=bench;Database=postgres;Pooling=false;Command Timeout=0";

    public static async Task<BenchCluster> StartAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "optimove-bench-" + Guid.NewGuid().ToString("N")[..8]);
        var user = Environment.IsPrivilegedProcess ? "postgres" : null;
        Directory.CreateDirectory(folder);
        if (user is not null)
            await RunAsync(Start("chown", [user, folder], null));
        var bin = BinFolder();
        await RunAsync(Start(Path.Combine(bin, "initdb"), ["-D", Path.Combine(folder, "data"), "-U", "bench", "--encoding=UTF8", "--locale=C", "--auth=trust", "--no-instructions"], user));
        string[] arguments = ["-D", Path.Combine(folder, "data"), "-k", folder, .. Settings.SelectMany(s => new[] { "-c", s })];
        var cluster = new BenchCluster(folder, Start(Path.Combine(bin, "postgres"), arguments, user));
        _ = cluster._server.StandardError.ReadToEndAsync();
        await cluster.WaitAsync();
        return cluster;
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task RunAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs psql and returns how long it took, its start included.</summary>
    public async Task<TimeSpan> PsqlAsync(params string[] commands)
    {
        var clock = Stopwatch.StartNew();
        await RunAsync(Start("psql", [.. PsqlArguments, .. commands.SelectMany(c => new[] { "-c", c })], null));
        return clock.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        using var stop = Process.Start("kill", ["-INT", _server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await stop.WaitForExitAsync();
        await _server.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string BinFolder()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(d => Path.Combine(d, "postgres")).Where(File.Exists)
            .Select(f => Path.GetDirectoryName(File.ResolveLinkTarget(f, returnFinalTarget: true)?.FullName ?? f)!);
        var installed = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")) : [];
        return onPath.Concat(installed.OrderDescending()).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            ?? throw new InvalidOperationException("No PostgreSQL server found. On Debian: apt-get install postgresql.");
    }

    private async Task WaitAsync()
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                await using var connection = await OpenAsync();
                return;
            }
            catch (NpgsqlException) when (clock.Elapsed < TimeSpan.FromSeconds(30) && !_server.HasExited)
            {
            }
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, string? user)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (user is not null)
            (start.UserName, start.WorkingDirectory) = (user, "/");
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }

    private static async Task RunAsync(Process process)
    {
        using (process)
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}: {await errors}{await output}");
        }
    }
}
