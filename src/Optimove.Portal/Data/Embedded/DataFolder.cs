using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Optimove.Portal.Data.Embedded;

/// <summary>The folder of one private cluster: made for the server's account only, with what an earlier run left tidied up.</summary>
internal sealed class DataFolder(string path, ServerAccount account)
{
    private const int LongestSocketPath = 107;
    private const long LongestLog = 10 * 1024 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Path { get; } = path;
    public string Cluster { get; } = System.IO.Path.Combine(path, "data");
    public string Log { get; } = System.IO.Path.Combine(path, "postgres.log");
    private string PasswordFile { get; } = System.IO.Path.Combine(path, "password");
    private string PidFile { get; } = System.IO.Path.Combine(path, "data", "postmaster.pid");

    public bool HasCluster => File.Exists(System.IO.Path.Combine(Cluster, "PG_VERSION"));
    public bool FitsSocket => Encoding.UTF8.GetByteCount(System.IO.Path.Combine(Path, ".s.PGSQL.5432")) <= LongestSocketPath;
    public string Password => File.ReadAllText(PasswordFile).Trim();

    public async Task MakeAsync(CancellationToken cancellation)
    {
        RefuseForeign();
        try
        {
            if (account.Name is { } name) await new ServerAccount(null).ExecuteAsync("install", ["-d", "-o", name, "-m", "0700", Path], cancellation);
            else Directory.CreateDirectory(Path, OwnerOnly);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new RefusedException($"The database folder {Path} cannot be made: {e.Message} Set Database__Folder to a folder of your own.");
        }
        account.RefuseIfItCannotEnter(Path);
    }

    /// <summary>A cluster owned by <paramref name="owner"/>; local connections are trusted because nobody else can enter the folder.</summary>
    public async Task InitializeAsync(PostgresBinaries binaries, string owner, bool throwaway, CancellationToken cancellation)
    {
        // Made under another name and renamed, so that a start killed half-way leaves no half cluster.
        var unfinished = Cluster + ".new";
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        await File.WriteAllTextAsync(PasswordFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)) + "\n", cancellation);
        File.SetUnixFileMode(PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (account.Name is { } name) await new ServerAccount(null).ExecuteAsync("chown", [name, PasswordFile], cancellation);
        List<string> arguments = ["-D", unfinished, "-U", owner, "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions",
            "--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile=" + PasswordFile];
        if (throwaway) arguments.Add("--no-sync");
        await account.ExecuteAsync(binaries.InitDb, arguments, cancellation);
        Directory.Move(unfinished, Cluster);
    }

    /// <summary>Ends a server that outlived its portal, and removes the pid file of one that did not.</summary>
    public async Task EndLeftoverAsync(PostgresBinaries binaries, CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); ServerProcess() is not null; await Task.Delay(50, cancellation))
        {
            // After a kill of the portal its keeper is stopping the server already: it gets a moment.
            if (clock.Elapsed < TimeSpan.FromSeconds(2)) continue;
            var mode = clock.Elapsed < TimeSpan.FromSeconds(20) ? "fast" : "immediate";
            await account.ExecuteAsync(binaries.Control, ["stop", "-D", Cluster, "-m", mode, "-w", "-t", "15"], cancellation);
        }
        // PostgreSQL refuses to start when the number in this file now belongs to another process of the account.
        File.Delete(PidFile);
    }

    /// <summary>True once the server says so in the eighth line of its pid file.</summary>
    public bool IsReady() => ReadPidFile().ElementAtOrDefault(7)?.Trim() == "ready";

    public void TrimLog()
    {
        if (File.Exists(Log) && new FileInfo(Log).Length > LongestLog) File.Move(Log, Log + ".old", overwrite: true);
    }

    public string LogTail() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(15)) : "(no log)";

    // Making the folder changes its owner and mode, which must not happen to a folder of something else.
    private void RefuseForeign()
    {
        if (!Directory.Exists(Path) || !CanList()) return;
        var names = Directory.EnumerateFileSystemEntries(Path).Select(System.IO.Path.GetFileName).ToHashSet();
        if (names.Count > 0 && !names.Contains(FolderLock.FileName))
            throw new RefusedException($"The folder {Path} holds something else than the portal's database. Set Database__Folder to a new folder.");
    }

    private bool CanList()
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path).Any();
        }
        catch (UnauthorizedAccessException)
        {
            // Taking its lock says whose it is.
            return false;
        }
    }

    private int? ServerProcess()
    {
        if (!int.TryParse(ReadPidFile().FirstOrDefault(), CultureInfo.InvariantCulture, out var pid)) return null;
        try
        {
            var arguments = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            return System.IO.Path.GetFileName(arguments[0]) == "postgres" && arguments.Contains(Cluster) ? pid : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string[] ReadPidFile()
    {
        try
        {
            return File.Exists(PidFile) ? File.ReadAllLines(PidFile) : [];
        }
        catch (IOException)
        {
            // The server removed it in between.
            return [];
        }
    }
}
