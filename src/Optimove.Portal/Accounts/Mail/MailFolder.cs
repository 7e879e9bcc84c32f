using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Optimove.Portal.Accounts.Mail;

/// <summary>The letters that were not sent but kept, one JSON file each, for a portal without a mail server.</summary>
public sealed class MailFolder(IOptions<MailOptions> options, TimeProvider clock)
{
    private const int Shown = 50;

    public bool IsUsed => options.Value is { Smtp: null, Folder.Length: > 0 };

    private string Folder => options.Value.Folder!;

    public async Task KeepAsync(Letter letter, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var name = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd-HHmmss.fffffff}-{Guid.NewGuid().ToString("N")[..8]}.json");
        var unfinished = Path.Combine(Folder, name + ".part");
        await File.WriteAllTextAsync(unfinished, JsonSerializer.Serialize(new KeptLetter(clock.GetUtcNow(), letter)), cancellation);
        File.Move(unfinished, Path.Combine(Folder, name));
    }

    /// <summary>The latest fifty, newest first.</summary>
    public async Task<IReadOnlyList<KeptLetter>> ReadAsync(CancellationToken cancellation)
    {
        if (!IsUsed || !Directory.Exists(Folder)) return [];
        var letters = new List<KeptLetter>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.json").OrderDescending(StringComparer.Ordinal).Take(Shown))
            if (JsonSerializer.Deserialize<KeptLetter>(await File.ReadAllTextAsync(file, cancellation)) is { } kept) letters.Add(kept);
        return letters;
    }
}

/// <summary>A letter and when it would have been sent.</summary>
public sealed record KeptLetter(DateTimeOffset At, Letter Letter);
