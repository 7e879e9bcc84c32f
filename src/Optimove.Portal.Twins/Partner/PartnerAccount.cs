namespace Optimove.Portal.Twins.Partner;

/// <summary>How a partner's programs reach the portal for one client.</summary>
/// <param name="Portal">Ends with a slash.</param>
/// <param name="SigningKey">With which the client's notices are signed.</param>
/// <param name="TriggeredChannel">The channel of triggered messages; null where the partner serves none.</param>
/// <param name="Attributes">Fields that are asked for with each list; the first is the address.</param>
public sealed record PartnerAccess(Uri Portal, string ApiKey, string SigningKey, int Channel, int? TriggeredChannel, IReadOnlyList<string> Attributes);

/// <summary>A template of the partner, as it tells it to clients.</summary>
public sealed record PartnerTemplate(long Id, string Name);

/// <summary>A message that the partner's programs sent, or will send at its time.</summary>
public sealed record PartnerMessage(string CustomerId, long TemplateId, DateTimeOffset SendAt, IReadOnlyList<string> Values);

/// <summary>A campaign that the partner was told of, with everybody of its list once it was fetched.</summary>
public sealed class PartnerCampaign
{
    public required int Id { get; init; }
    public DateTimeOffset ToldAt { get; init; }
    public DateTimeOffset? FetchedAt { get; set; }
    public DateTimeOffset? StoppedAt { get; set; }
    public List<PartnerMessage> Messages { get; init; } = [];
    /// <summary>Up to which moment figures and interactions were posted.</summary>
    public DateTimeOffset? PostedUntil { get; set; }
    /// <summary>Why the last call for it failed.</summary>
    public string? Fault { get; set; }
}

/// <summary>The last post about a triggered campaign's messages that was taken.</summary>
/// <param name="At">Null while none was.</param>
/// <param name="Fault">Why the try after it failed; null where none did.</param>
public sealed record TriggeredPost(DateTimeOffset? At, int Messages, string? Fault);

/// <summary>A notice as it came in.</summary>
/// <param name="Signed">Whether its signature was right.</param>
public sealed record PartnerNotice(DateTimeOffset At, string Body, bool Signed, int Answer);

/// <summary>One integration partner's service for one client: a listener, its templates, and what it sent.</summary>
public sealed class PartnerAccount(string name, PartnerAccess access, Action changed)
{
    internal Lock Gate { get; } = new();
    public string Name => name;
    public PartnerAccess Access { get; set; } = access;
    public List<PartnerTemplate> Templates { get; } = [];
    public Dictionary<int, PartnerCampaign> Campaigns { get; } = [];
    public List<PartnerNotice> Notices { get; } = [];
    /// <summary>Bodies of notices of triggered messages, each of which it sent at once.</summary>
    public List<string> Triggered { get; } = [];
    /// <summary>By triggered campaign, up to which moment its figures and interactions were posted.</summary>
    public Dictionary<int, TriggeredPost> TriggeredPosts { get; init; } = [];

    /// <summary>Answers notices with this status instead of taking them; null for good behaviour.</summary>
    public int? AnswersWith { get; set; }
    /// <summary>How long it keeps the caller of a notice waiting.</summary>
    public TimeSpan Slowness { get; set; }
    /// <summary>A notice that comes twice makes it send twice.</summary>
    public bool IsDuplicateSensitive { get; set; }

    public int MessagesSent(DateTimeOffset now)
    {
        lock (Gate) return Campaigns.Values.Where(c => c.StoppedAt is null).Sum(c => c.Messages.Count(m => m.SendAt <= now)) + Triggered.Count;
    }

    internal void Note() => changed();
}
