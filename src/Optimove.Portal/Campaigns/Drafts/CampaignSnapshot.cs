using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Drafts;

/// <summary>A campaign's configuration as the audit log keeps it before and after a change.</summary>
internal sealed record CampaignSnapshot(
    string Name, int? TargetGroupId, decimal ControlShare, Kpi Kpi, int MeasurementDays, int? ConnectionId, int? TemplateId, DateOnly? SendDate, TimeOnly? SendTime)
{
    public static CampaignSnapshot Of(Campaign c) =>
        new(c.Name, c.TargetGroupId, c.ControlShare, c.Kpi, c.MeasurementDays, c.ConnectionId, c.TemplateId, c.SendDate, c.SendTime);
}
