namespace Optimove.Portal.Twins.Appboy.Campaigns;

/// <summary>The kinds of devices that a user has push switched on for, or that a campaign goes to.</summary>
[Flags]
public enum Platforms { None, Ios = 1, Android = 2 }

/// <summary>A campaign as it was made in Appboy's dashboard.</summary>
public sealed class AppboyCampaign
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    /// <summary>Push of these platforms; none for a campaign of another <see cref="Channel"/>.</summary>
    public Platforms Platforms { get; init; } = Platforms.Ios | Platforms.Android;
    /// <summary>A channel beside push, for example <c>email</c>.</summary>
    public string? Channel { get; init; }
    public string ScheduleType { get; init; } = "api_triggered";
    /// <summary>Has a variation for people who get nothing.</summary>
    public bool HasControl { get; init; }
    /// <summary>Whether a user may get it more than once. Off by default, as at the provider.</summary>
    public bool Reeligible { get; set; }
    /// <summary>The users of its segment; null for All Users.</summary>
    public HashSet<string>? Segment { get; init; }
    public bool Archived { get; set; }
    public bool Draft { get; set; }
    public bool Enabled { get; set; } = true;
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset EditedAt { get; set; }

    internal HashSet<string> Reached { get; } = new(StringComparer.Ordinal);
    internal bool CanBeTriggered => ScheduleType.Contains("api", StringComparison.Ordinal) && Enabled && !Archived && !Draft;
}
