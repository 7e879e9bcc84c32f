namespace Optimove.Portal.Customers.Explorer;

/// <summary>A change of what a customer wishes about a channel.</summary>
/// <param name="Channel">As people call it.</param>
/// <param name="By">The credential or the file that told it; null for what was told before that was kept.</param>
public sealed record ConsentLine(string Channel, bool OptedIn, string Source, string? By, DateTimeOffset At)
{
    /// <summary>Who told it.</summary>
    public string Told => (Source, By) switch
    {
        ("file", null) => "From a file",
        ("file", _) => $"File {By}",
        ("api", null) => "By API",
        ("api", _) => $"By API, {By}",
        _ => By is null ? $"From {Source}" : $"From {Source}, {By}",
    };
}
