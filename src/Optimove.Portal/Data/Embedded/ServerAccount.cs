using System.Diagnostics;

namespace Optimove.Portal.Data.Embedded;

/// <summary>Starts PostgreSQL's programs as the account that may run them: this one, or another when this one is root.</summary>
internal sealed class ServerAccount(string? name)
{
    private static readonly string[] _kept = ["PATH", "LD_LIBRARY_PATH", "TMPDIR"];

    /// <summary>Null when the server runs as the account of this process.</summary>
    public string? Name => name;

    public static ServerAccount Choose(string? configured)
    {
        if (!Environment.IsPrivilegedProcess) return new(null);
        if (!string.IsNullOrEmpty(configured)) return new(configured);
        var hasPostgres = File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal));
        return new(hasPostgres ? "postgres" : "nobody");
    }

    public void RefuseIfItCannotEnter(string folder)
    {
        if (name is null || CanEnter(folder)) return;
        var blocker = folder;
        while (Path.GetDirectoryName(blocker) is { } parent && !CanEnter(parent)) blocker = parent;
        throw new RefusedException($"PostgreSQL does not run as root, and the account {name} that runs it cannot enter {blocker}. Set Database__Folder to a folder elsewhere, or let others enter that one (chmod o+x).");
    }

    /// <summary>Runs a program to its end; what it said is in the message when it fails.</summary>
    public async Task ExecuteAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = Describe(program, arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new RefusedException($"The database could not be prepared: {Path.GetFileName(program)} said \"{(await errors + await output).Trim()}\".");
    }

    /// <summary>Starts a program that lives as long as its standard input stays open.</summary>
    public Process StartHolding(string program, IEnumerable<string> arguments)
    {
        var start = Describe(program, arguments);
        start.RedirectStandardInput = true;
        return Process.Start(start)!;
    }

    private bool CanEnter(string folder)
    {
        using var process = Process.Start(Describe("test", ["-x", folder]))!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private ProcessStartInfo Describe(string program, IEnumerable<string> arguments)
    {
        // .NET itself changes the account of the child on Linux, so neither sudo nor runuser is needed.
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" };
        if (name is not null) start.UserName = name;
        // The portal's environment holds secrets, which the server has no business with.
        start.Environment.Clear();
        foreach (var variable in _kept)
            if (Environment.GetEnvironmentVariable(variable) is { } value) start.Environment[variable] = value;
        start.Environment["LC_ALL"] = "C";
        return start;
    }
}
