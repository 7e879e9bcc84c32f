using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Shell.Portfolio;

/// <summary>In which order staff look at clients.</summary>
public enum Standing { NeedsHelp, Watch, Fine, Suspended }

/// <summary>A client's data and campaigns in figures; occurrences of the last seven days.</summary>
/// <param name="DataDate">The day that the customer data in use describes; null before the first import.</param>
/// <param name="DataAge">How many days ago that is on the client's calendar.</param>
/// <param name="FileUnused">The newest customer file was not used and waits for a person.</param>
/// <param name="Today">Occurrences planned for today.</param>
public sealed record ClientHealth(DateOnly? DataDate, DateTimeOffset? DataAt, int DataAge, bool FileUnused, int Held, int Missed, int Incomplete, int Today)
{
    /// <summary>Yesterday's data is what a night has; older than that, a file did not arrive.</summary>
    public bool DataLate => DataDate is not null && DataAge > 1;
    public int Stuck => Held + Missed + Incomplete;
}

/// <summary>One connection of a client and how far its onboarding is.</summary>
public sealed record PortfolioConnection(int Id, string Name, ChecklistState Checklist);

/// <summary>An item that keeps a client from sending, with who must act.</summary>
public sealed record BlockedItem(PortfolioConnection Connection, ChecklistLine Line)
{
    public string Owner => Connection.Checklist.NameOf(Line.Item.Owner);
}

/// <summary>A client as the portfolio shows it.</summary>
public sealed record PortfolioClient(ClientLine Client, ClientHealth Health, IReadOnlyList<PortfolioConnection> Connections)
{
    /// <summary>What has been blocked longest first.</summary>
    public IReadOnlyList<BlockedItem> Blocked { get; } = [.. Connections.SelectMany(c => c.Checklist.Blocking.Select(l => new BlockedItem(c, l))).OrderBy(b => b.Line.Since)];
    public int Ready => Connections.Count(c => c.Checklist.Ready);

    public Standing Standing =>
        Client.SuspendedAt is not null ? Standing.Suspended
        : Health.Stuck > 0 || Blocked.Count > 0 || Health.FileUnused || Health.DataLate ? Standing.NeedsHelp
        : Health.DataDate is null || Connections.Count == 0 || Ready < Connections.Count ? Standing.Watch
        : Standing.Fine;

    /// <summary>How urgent it is: what went wrong last night weighs more than what may go wrong tonight.</summary>
    public int Urgency => 1000 * Health.Missed + 500 * Health.Incomplete + 200 * Health.Held + 100 * Blocked.Count + (Health.FileUnused ? 50 : 0) + (Health.DataLate ? 20 : 0);

    /// <summary>What a person would be told first; the rest stands in the columns.</summary>
    public string Sentence => Standing switch
    {
        Standing.Suspended => "nothing runs",
        _ when Health.Stuck > 0 => $"{Stuck} {(Health.Stuck == 1 ? "campaign" : "campaigns")} in the last seven days",
        _ when Blocked.Count > 0 => $"{Blocked[0].Owner} must act on {Blocked[0].Connection.Name}",
        _ when Health.FileUnused => "its newest customer file was not used",
        _ when Health.DataLate => $"no customer file for {Format.Count(Health.DataAge, "day")}",
        _ when Health.DataDate is null => "still onboarding: no customer data yet",
        _ when Connections.Count == 0 => "still onboarding: no connection yet",
        _ when Ready < Connections.Count => $"{Connections.First(c => !c.Checklist.Ready).Name} is not ready",
        _ => "nothing to do",
    };

    /// <summary>"1 missed, 2 held"; empty when nothing is stuck.</summary>
    public string Stuck => string.Join(", ", new[] { Some(Health.Missed, "missed"), Some(Health.Incomplete, "incomplete"), Some(Health.Held, "held") }.OfType<string>());

    private static string? Some(int count, string word) => count > 0 ? $"{count} {word}" : null;
}
