namespace Optimove.Portal.Customers.Import.Upload;

/// <summary>A file on its way from the browser, as uploads.js tells it.</summary>
/// <param name="Sent">Bytes that have left the browser.</param>
/// <param name="Seconds">Since it began.</param>
/// <param name="RunId">The run that imports it, once it has arrived.</param>
/// <param name="Problem">Why it did not arrive.</param>
public sealed record ClientUpload(int Id, string Name, long Size, long Sent, double Seconds, string? Problem, int? RunId)
{
    public TimeSpan? Left => Sent > 0 && Sent < Size && Seconds > 1 ? TimeSpan.FromSeconds(Seconds * (Size - Sent) / Sent) : null;
}

/// <summary>A file that was chosen and looked into, not yet sent.</summary>
public sealed record ChosenFile(string Name, long Size, ImportKind? Kind, IReadOnlyList<string> Headers);
