using System.Diagnostics;
using Npgsql;
using Optimove.Portal.Targeting.Tests.Testing;

[assembly: AssemblyFixture(typeof(Postgres))]

namespace Optimove.Portal.Targeting.Tests.Testing;

/// <summary>A PostgreSQL server of this test run's own, on a socket in a temporary folder; gone with the run.</summary>
public sealed class Postgres : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rules").FullName;
    private NpgsqlDataSource? _source;

    public NpgsqlDataSource Source => _source ?? throw new InvalidOperationException("The server has not been started.");

    public async ValueTask InitializeAsync()
    {
        var data = Path.Combine(_folder, "data");
        if (IsRoot) await RunAsync("chown", ["postgres", _folder]);
        await RunAsync(Binary("initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], asServer: true);
        await RunAsync(Binary("pg_ctl"), ["-D", data, "-w", "-l", Path.Combine(_folder, "log"), "-o",
            $"-c listen_addresses= -c unix_socket_directories={_folder} -c fsync=off -c max_connections=20", "start"], asServer: true);
        _source = NpgsqlDataSource.Create($"Host={_folder};Username=postgres;Database=postgres");
        await using var command = _source.CreateCommand(SampleData.Schema);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null) await _source.DisposeAsync();
        await RunAsync(Binary("pg_ctl"), ["-D", Path.Combine(_folder, "data"), "-m", "immediate", "stop"], asServer: true);
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static string Binary(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin"))
                : [])
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"These tests need PostgreSQL's {name}; install the server package.");

    private static async Task RunAsync(string program, string[] arguments, bool asServer = false)
    {
        string[] all = asServer && IsRoot
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        // The server keeps whatever output it inherits open, so its start must not inherit a pipe.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. all]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
