using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Optimove.Portal.Data;

namespace Optimove.Portal.Tests.Sending.Faults;

/// <summary>The portal as a process of its own on a test's database, so that it can be killed.</summary>
internal sealed class PortalChild : IDisposable
{
    private const int Kept = 30;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private PortalChild(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The last lines that it printed.</summary>
    public string Said => string.Join('\n', _said);

    public bool HasExited => _process.HasExited;

    /// <summary>An address that nobody listens at, so that a portal can be started there again and again.</summary>
    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"http://{listener.LocalEndpoint}");
    }

    /// <param name="settings">Configuration beside the database's, as environment variables.</param>
    public static PortalChild Start(DatabaseOptions database, params (string Name, string Value)[] settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Optimove.Portal.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", Path.ChangeExtension(program, ".runtimeconfig.json"), program])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        // A real server's connection string: in development, so that a twin on the loopback address may be called.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ConnectionStrings__Portal"] = new NpgsqlConnectionStringBuilder(database.OwnerConnectionString) { MaxPoolSize = 10 }.ConnectionString;
        start.Environment["Portal__Key"] = Convert.ToBase64String(database.MasterKey);
        start.Environment["Portal__Environment"] = database.Environment;
        start.Environment["Sending__Lease"] = "00:00:02";
        start.Environment["Sending__Every"] = "00:00:00.300";
        // However few customers: lists are made in two parts.
        start.Environment["Sending__PagesInPart"] = "1";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>SIGKILL: nothing of the process runs after this.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _said.Enqueue(line);
        if (_said.Count > Kept) _said.TryDequeue(out _);
    }

    public void Dispose()
    {
        Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
