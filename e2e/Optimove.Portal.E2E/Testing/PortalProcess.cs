using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Optimove.Portal.E2E.Testing;

/// <summary>The portal as a process of its own on data of its own; can be killed and started again on both.</summary>
public sealed partial class PortalProcess : IAsyncLifetime
{
    /// <summary>Customers of the demo shop, unless a test says otherwise: enough for every page to have something to show.</summary>
    public const int Customers = 3000;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(180);
    private static readonly string _program = Environment.GetEnvironmentVariable("PORTAL_E2E_FOLDER") is { Length: > 0 } published
        ? published
        : typeof(PortalProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PortalFolder").Value!;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "optimove-e2e-" + Guid.NewGuid().ToString("N")[..8]);
    private readonly Dictionary<string, string?> _settings;
    private readonly List<string> _log = [];
    private readonly int _twinPort = FreePort();
    private Process? _process;

    public PortalProcess() : this([]) { }

    /// <param name="settings">Environment variables beside the usual ones, for example <c>ConnectionStrings__Portal</c>.</param>
    internal PortalProcess(Dictionary<string, string?> settings) => (_settings, Twin) = (settings, new(_twinPort));

    public string Url { get; } = $"http://127.0.0.1:{FreePort()}";
    public string DatabaseFolder => Path.Combine(_folder, "database");

    /// <summary>The provider twins that the portal starts beside itself.</summary>
    public Twin Twin { get; }

    /// <summary>Everything that the portal printed, over all its lives.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log) return [.. _log];
        }
    }

    /// <summary>The warnings and errors among the lines of a log, each with the lines that explain it.</summary>
    public static IEnumerable<string> Complaints(IEnumerable<string> log)
    {
        var complains = false;
        foreach (var line in log)
        {
            if (Entry().Match(line) is { Success: true } entry) complains = entry.Groups[1].Value is "warning" or "error" or "critical";
            if (complains) yield return line;
        }
    }

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Returns once the portal says that it is ready.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(Describe())!;
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var clock = Stopwatch.StartNew(); !await IsReadyAsync(http); await Task.Delay(50))
            if (_process.HasExited || clock.Elapsed > _patience)
                throw new InvalidOperationException("The portal did not start:\n" + string.Join('\n', Log.TakeLast(60)));
    }

    /// <summary>kill -9: the portal gets no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>What Ctrl-C and a container's stop do; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var signal = Process.Start("kill", ["-INT", _process!.Id.ToString(CultureInfo.InvariantCulture)]))
            await signal.WaitForExitAsync();
        await _process.WaitForExitAsync();
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        // The database stops by itself once the portal is gone; the folder can be removed after that.
        var pidFile = Path.Combine(DatabaseFolder, "data", "postmaster.pid");
        for (var clock = Stopwatch.StartNew(); File.Exists(pidFile) && clock.Elapsed < TimeSpan.FromSeconds(10); await Task.Delay(50))
        {
        }
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        Twin.Dispose();
    }

    private ProcessStartInfo Describe()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_program, "Optimove.Portal.dll")])
        {
            WorkingDirectory = _program,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = Url;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Database__Folder"] = DatabaseFolder;
        start.Environment["Mail__Folder"] = Path.Combine(_folder, "mail");
        start.Environment["Demo__Customers"] = Customers.ToString(CultureInfo.InvariantCulture);
        // Far from the night and from midnight: what a test finds due does not depend on when it runs.
        start.Environment["Demo__BeginsAt"] = "14:00";
        start.Environment["Demo__TwinPort"] = _twinPort.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        return start;
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync(new Uri(Url + "/health/ready"))).IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_log) _log.Add(line);
    }

    [GeneratedRegex("^[0-9:.]+ ([a-z]+) ")]
    private static partial Regex Entry();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
