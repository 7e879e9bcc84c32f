using System.Diagnostics;
using System.Globalization;

namespace Optimove.Portal.Data.Embedded;

/// <summary>The folder that holds <c>initdb</c>, <c>postgres</c> and <c>pg_ctl</c> of one PostgreSQL version.</summary>
internal sealed record PostgresBinaries(string Folder)
{
    private const string Distribution = "/usr/lib/postgresql";

    public string Server => Path.Combine(Folder, "postgres");
    public string InitDb => Path.Combine(Folder, "initdb");
    public string Control => Path.Combine(Folder, "pg_ctl");

    /// <summary>The configured folder, else PATH with links followed, else the newest version of the distribution's folder.</summary>
    public static PostgresBinaries Find(string? configured)
    {
        IEnumerable<string> candidates = string.IsNullOrEmpty(configured) ? OnPath().Concat(OfDistribution()) : [configured];
        var found = candidates.Select(folder => new PostgresBinaries(folder))
            .FirstOrDefault(b => File.Exists(b.Server) && File.Exists(b.InitDb) && File.Exists(b.Control));
        return found ?? throw new RefusedException(string.IsNullOrEmpty(configured)
            ? $"There is no PostgreSQL server on this machine (initdb and postgres on PATH or in {Distribution}). On Debian or Ubuntu: apt-get install postgresql. Or set ConnectionStrings__Portal to a server that exists."
            : $"Database:BinFolder is {configured}, which does not hold initdb, postgres and pg_ctl.");
    }

    /// <summary>The cluster keeps the format of the major version that made it.</summary>
    public void RefuseOtherVersion(string cluster)
    {
        var made = File.ReadAllText(Path.Combine(cluster, "PG_VERSION")).Trim();
        var here = Version();
        if (here != made && !here.StartsWith(made + ".", StringComparison.Ordinal))
            throw new RefusedException($"The data in {cluster} was made by PostgreSQL {made}, and {Folder} has {here}. Set Database__BinFolder to a PostgreSQL {made}, or Database__Folder to a new folder.");
    }

    private string Version()
    {
        using var process = Process.Start(new ProcessStartInfo(Server, ["--version"]) { RedirectStandardOutput = true })!;
        var words = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
        process.WaitForExit();
        return words.ElementAtOrDefault(2) ?? "an unknown version";
    }

    private static IEnumerable<string> OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, "postgres"), Path.Combine(folder, "initdb") })
            .Where(File.Exists)
            .Select(file => Path.GetDirectoryName(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file)!);

    private static IEnumerable<string> OfDistribution() => !Directory.Exists(Distribution) ? [] :
        Directory.GetDirectories(Distribution)
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"));
}
