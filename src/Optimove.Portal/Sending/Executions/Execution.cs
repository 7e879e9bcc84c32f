using Optimove.Portal.Campaigns;

namespace Optimove.Portal.Sending.Executions;

/// <summary>A campaign on a date as programs see it. Its number is the occurrence's, because each date has a list and figures of its own.</summary>
/// <param name="TemplateId">The template is what the customer gets on the channel, which is the action.</param>
/// <param name="TemplateNumber">As the channel's programs know the template: a partner's own number, else ours.</param>
public sealed record Execution(Occurrence Occurrence, int? TargetGroupId, int ChannelId, int TemplateId, long TemplateNumber, string TemplateName)
{
    private static readonly OccurrenceState[] _withPeople = [OccurrenceState.Locked, OccurrenceState.Pushing, OccurrenceState.HandedOver, OccurrenceState.Measuring, OccurrenceState.Closed, OccurrenceState.Incomplete];

    public int Id => Occurrence.Id;
    public bool IsCancelled => Occurrence.CancelledAt is not null || Occurrence.State == OccurrenceState.Cancelled;
    public bool HasList => Occurrence.ListedAt is not null;
    /// <summary>Whether the people of its list are being or have been written to: not once it was cancelled, held or missed.</summary>
    public bool IsExecuted => HasList && !IsCancelled && _withPeople.Contains(Occurrence.State);
    public decimal ControlShare => HasList ? Occurrence.ControlShare : Occurrence.Campaign.ControlShare;
    /// <summary>Days in which what customers do counts for it.</summary>
    public int Days => HasList ? Occurrence.MeasurementDays : Occurrence.Campaign.MeasurementDays;

    /// <summary>Those who are written to, then the control group where it is asked for.</summary>
    public IEnumerable<ListPart> Parts(bool control) => control ? [new(this, false), new(this, true)] : [new(this, false)];
}

/// <summary>The people of a list who are written to, or its control group.</summary>
public sealed record ListPart(Execution Execution, bool IsControl)
{
    public int Size => IsControl ? Execution.Occurrence.Control : Execution.Occurrence.ToSend;
}
