using Optimove.Portal.Twins.Cheetah.Campaigns;
using Optimove.Portal.Twins.Cheetah.Imports;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah.Observed;

/// <summary>One look at an account of the twin: for tests and for the twin page in development.</summary>
public sealed record CheetahState
{
    public required string Account { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required long CallsReceived { get; init; }
    public required int PeakConcurrency { get; init; }
    public required int People { get; init; }
    public required CheetahSwitches Switches { get; init; }
    public required IReadOnlyList<Fault> Faults { get; init; }
    /// <summary>Deleted ones included.</summary>
    public required IReadOnlyList<ImportLine> Imports { get; init; }
    /// <summary>Templates and deleted ones included.</summary>
    public required IReadOnlyList<CampaignLine> Campaigns { get; init; }
    /// <summary>How many were mailed more than once under one name.</summary>
    public required int Duplicates { get; init; }
    public required IReadOnlyList<ReceivedCall> Calls { get; init; }
}

/// <summary>An import as the twin knows it, with its first rows.</summary>
public sealed record ImportLine(long Id, string Name, bool Deleted, string Status)
{
    public required int Accepted { get; init; }
    public required int Rejected { get; init; }
    public required string? Failure { get; init; }
    public required IReadOnlyList<string> Columns { get; init; }
    public required IReadOnlyList<string[]> Sample { get; init; }

    internal static ImportLine Of(ImportRun import, string status) => new(import.Id, import.Name, import.Deleted, status)
    {
        Accepted = import.Accepted.Length, Rejected = import.Rejected.Length, Failure = import.Failure, Columns = import.Columns, Sample = import.Sample,
    };
}

/// <summary>A campaign as the twin knows it.</summary>
/// <param name="Audience">Whom it goes to, once launched.</param>
public sealed record CampaignLine(long Id, string Name, CampaignStatus Status, bool Deleted, int Audience, int Mailed)
{
    public required long? ImportId { get; init; }
    public required DateTimeOffset? SendAt { get; init; }

    internal static CampaignLine Of(EmailCampaign campaign, CampaignStatus status, int audience, int mailed) => new(campaign.Id, campaign.Name, status, campaign.Deleted, audience, mailed)
    {
        ImportId = campaign.ImportId, SendAt = campaign.ApprovedAt is null ? LocalTime.ReadSchedule(campaign.Body) : campaign.SendAt,
    };
}
