using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Drafts;

/// <summary>What a person changes of a campaign; null leaves a field as it is.</summary>
public sealed record CampaignChange
{
    public string? Name { get; init; }
    public int? TargetGroupId { get; init; }
    public decimal? ControlShare { get; init; }
    public Kpi? Kpi { get; init; }
    public int? MeasurementDays { get; init; }
    /// <summary>Another connection drops the template, which belongs to the former one.</summary>
    public int? ConnectionId { get; init; }
    public int? TemplateId { get; init; }
    public DateOnly? SendDate { get; init; }
    public TimeOnly? SendTime { get; init; }
}

public enum CampaignField { Name, TargetGroup, ControlShare, MeasurementDays, Connection, Template, SendDate, SendTime }

/// <summary>Why a field was not saved, with the remedy.</summary>
public sealed record FieldProblem(CampaignField Field, string Sentence);

/// <summary>What became of a change: fields with a problem keep their former value, all others are saved.</summary>
public sealed record SavedChange(uint Version, DateTimeOffset At, IReadOnlyList<FieldProblem> Problems);
