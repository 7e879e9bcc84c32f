using System.Diagnostics;
using System.Globalization;

namespace Optimove.Portal.Data.Embedded;

/// <summary>
/// Holds the server through a shell that reads a pipe from this process. When the pipe closes, by dispose, crash or
/// kill -9, the shell stops the server with a fast shutdown.
/// </summary>
internal sealed class ServerKeeper : IAsyncDisposable
{
    // $0 is the log file, $@ the server and its arguments. The server gets no standard input; descriptor 3 is the pipe.
    private const string Script = """
        exec 3<&0
        "$@" </dev/null 3<&- >>"$0" 2>&1 & server=$!
        { read -r _ <&3; kill -INT $server; } 2>/dev/null & watch=$!
        exec 3<&-
        wait $server; code=$?
        kill $watch 2>/dev/null
        exit $code
        """;

    private readonly Process _shell;

    private ServerKeeper(Process shell) => _shell = shell;

    /// <summary>Returns once the server takes connections. With <paramref name="port"/> it listens on the loopback address, without it on a socket in the folder.</summary>
    public static async Task<ServerKeeper> StartAsync(
        PostgresBinaries binaries, DataFolder folder, ServerAccount account, int? port, EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        var keeper = new ServerKeeper(account.StartHolding("setsid", Arguments(binaries, folder, port, options.Throwaway)));
        try
        {
            await keeper.WaitUntilReadyAsync(folder, options.StartTimeout, cancellation);
            return keeper;
        }
        catch
        {
            await keeper.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (_shell)
        {
            if (_shell.HasExited) return;
            _shell.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _shell.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _shell.Kill(entireProcessTree: true);
            }
        }
    }

    // A session of its own: Ctrl-C in the terminal must reach the portal first, not the database under it.
    private static List<string> Arguments(PostgresBinaries binaries, DataFolder folder, int? port, bool throwaway)
    {
        List<string> settings =
        [
            .. ServerSettings.For(throwaway),
            "listen_addresses=" + (port is null ? "" : "127.0.0.1"),
            "unix_socket_directories=" + (port is null ? folder.Path : ""),
            "unix_socket_permissions=0700",
        ];
        return
        [
            "sh", "-c", Script, folder.Log, binaries.Server, "-D", folder.Cluster,
            "-p", (port ?? EmbeddedPostgres.SocketPort).ToString(CultureInfo.InvariantCulture),
            .. settings.SelectMany(setting => new[] { "-c", setting }),
        ];
    }

    private async Task WaitUntilReadyAsync(DataFolder folder, TimeSpan timeout, CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); !folder.IsReady(); await Task.Delay(20, cancellation))
        {
            if (_shell.HasExited)
            {
                var said = folder.LogTail();
                throw said.Contains("could not bind", StringComparison.Ordinal) ? new PortTakenException() : new RefusedException($"The database did not start. Its log {folder.Log} ends with:\n{said}");
            }
            if (clock.Elapsed > timeout)
                throw new RefusedException($"The database was not ready after {timeout.TotalSeconds} seconds. Its log {folder.Log} ends with:\n{folder.LogTail()}");
        }
    }
}

/// <summary>Another program took the port between the look and the start.</summary>
internal sealed class PortTakenException : Exception;
