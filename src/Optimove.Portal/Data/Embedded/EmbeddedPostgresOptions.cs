using System.Security.Cryptography;
using System.Text;

namespace Optimove.Portal.Data.Embedded;

/// <summary>Where and how the private server runs; bound from the configuration section <c>Database</c>.</summary>
public sealed class EmbeddedPostgresOptions
{
    /// <summary>Folder of the cluster, its log, socket and lock, kept between runs; <see cref="DefaultFolder"/> when empty.</summary>
    public string? Folder { get; init; }
    public string Database { get; init; } = "portal";
    /// <summary>Folder with initdb and postgres; searched for when empty.</summary>
    public string? BinFolder { get; init; }
    /// <summary>The account that the server runs as when this process is root, because PostgreSQL refuses root; <c>postgres</c> where it exists, else <c>nobody</c>, when empty.</summary>
    public string? Account { get; init; }
    /// <summary>A free TCP port of the loopback address and a password, instead of a socket in the folder.</summary>
    public bool Tcp { get; init; }
    /// <summary>No write ever waits for the disk: for tests, whose data may be lost.</summary>
    public bool Throwaway { get; init; }
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A folder that the server's account can enter wherever the program lies: one for each clone or installation.</summary>
    public static string DefaultFolder() => DefaultFolder(Environment.IsPrivilegedProcess, InstallationFolder(AppContext.BaseDirectory));

    internal static string DefaultFolder(bool root, string installation)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(installation)))[..8];
        if (root) return Path.Combine("/var/lib/optimove-portal", name);
        var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return own.Length > 0
            ? Path.Combine(own, "optimove-portal", name)
            : Path.Combine(Path.GetTempPath(), $"optimove-portal-{Environment.UserName}", name);
    }

    /// <summary>The clone that a build output belongs to, else the folder itself.</summary>
    private static string InstallationFolder(string programFolder)
    {
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Optimove.Portal.sln"))) return folder.FullName;
        return programFolder;
    }
}
