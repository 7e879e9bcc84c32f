using System.Globalization;

namespace Optimove.Portal.Data.Embedded;

/// <summary>One process at a time uses a data folder; the lock ends with the process, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = "lock";
    private const int WouldBlock = 11;

    private readonly FileStream _file;
    private readonly string _holder;

    private FolderLock(FileStream file, string holder) => (_file, _holder) = (file, holder);

    public static FolderLock Take(string folder) => TryTake(folder) ?? throw new RefusedException(Describe(folder));

    /// <summary>Null when another process holds it.</summary>
    public static FolderLock? TryTake(string folder)
    {
        try
        {
            var file = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var taken = new FolderLock(file, HolderFile(folder));
            taken.Announce(null);
            return taken;
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            throw new RefusedException($"The database folder {folder} belongs to another account. Set Database__Folder to a folder of your own.");
        }
    }

    /// <summary>Leaves word for a second start of where this one is reached.</summary>
    public void Announce(string? address) =>
        File.WriteAllText(_holder, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{address}\n"));

    public void Dispose()
    {
        File.Delete(_holder);
        _file.Dispose();
    }

    private static string HolderFile(string folder) => Path.Combine(folder, "running");

    private static string Describe(string folder)
    {
        string[] lines = File.Exists(HolderFile(folder)) ? File.ReadAllLines(HolderFile(folder)) : [];
        var where = lines is [_, { Length: > 0 } address, ..] ? $" at {address}" : "";
        var who = lines is [{ Length: > 0 } pid, ..] ? $" (process {pid})" : "";
        return $"The portal already runs{where}{who} on the data in {folder}. Use that one, stop it first, or set Database__Folder to another folder.";
    }
}
