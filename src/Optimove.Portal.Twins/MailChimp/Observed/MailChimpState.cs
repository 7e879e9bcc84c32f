using Optimove.Portal.Twins.MailChimp.Campaigns;
using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Observed;

/// <summary>One look at an account of the twin: for tests and for the twin page in development.</summary>
public sealed record MailChimpState
{
    public required string Account { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required long CallsReceived { get; init; }
    public required int PeakConcurrency { get; init; }
    public required IReadOnlyList<Fault> Faults { get; init; }
    public required IReadOnlyList<ListState> Lists { get; init; }
    public required IReadOnlyList<SegmentState> Segments { get; init; }
    /// <summary>Deleted ones included.</summary>
    public required IReadOnlyList<CampaignState> Campaigns { get; init; }
    /// <summary>How many were mailed more than once under one title.</summary>
    public required int Duplicates { get; init; }
    public required IReadOnlyList<Duplicate> DuplicateSample { get; init; }
    public required IReadOnlyList<ReceivedCall> Calls { get; init; }
}

/// <summary>An address that was mailed more than once under one title.</summary>
public sealed record Duplicate(string Title, string Address, int Times);

/// <summary>A list's size, and how many of its members are subscribed and cleaned.</summary>
public sealed record ListState(string Id, string Name, int Members, int Subscribed, int Cleaned);

/// <summary>A segment as the twin knows it.</summary>
/// <param name="Members">Whatever their status.</param>
public sealed record SegmentState(int Id, string ListId, string Name, DateTimeOffset CreatedAt, int Members, bool Processing)
{
    internal static SegmentState Of(Segment segment, bool processing) => new(segment.Id, segment.ListId, segment.Name, segment.CreatedAt, segment.Members.Count, processing);
}

/// <summary>A campaign as the twin knows it; <see cref="Recipients"/> are those mailed, or who would be.</summary>
public sealed record CampaignState
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Subject { get; init; }
    public required CampaignStatus Status { get; init; }
    public required bool Deleted { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? ScheduleTime { get; init; }
    public required DateTimeOffset? SendTime { get; init; }
    public required int? SegmentId { get; init; }
    public required int? TemplateId { get; init; }
    public required int Recipients { get; init; }

    internal static CampaignState Of(Campaign campaign, int recipients) => new()
    {
        Id = campaign.Id,
        Title = campaign.Settings.Title,
        Subject = campaign.Settings.SubjectLine,
        Status = campaign.Status,
        Deleted = campaign.Deleted,
        CreatedAt = campaign.CreatedAt,
        ScheduleTime = campaign.ScheduleTime,
        SendTime = campaign.SendTime,
        SegmentId = campaign.SegmentId,
        TemplateId = campaign.Settings.TemplateId,
        Recipients = recipients,
    };
}
