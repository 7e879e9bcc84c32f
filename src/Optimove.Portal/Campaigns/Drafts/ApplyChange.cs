using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Channels;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Drafts;

/// <summary>Puts a change into a campaign field by field; a field that is wrong by itself stays as it was and is named.</summary>
internal sealed class ApplyChange(PortalDb db, ProviderCatalog providers, TenantScope tenant, DateTimeOffset now)
{
    public const decimal MostControl = 0.25m;
    private readonly List<FieldProblem> _problems = [];

    public async Task<IReadOnlyList<FieldProblem>> ToAsync(Campaign c, CampaignChange change, CancellationToken cancellation)
    {
        c.Name = Take(change.Name?.Trim(), c.Name, CampaignField.Name, Name);
        c.ControlShare = Take(change.ControlShare, c.ControlShare, CampaignField.ControlShare, Share);
        c.MeasurementDays = Take(change.MeasurementDays, c.MeasurementDays, CampaignField.MeasurementDays, Days);
        c.Kpi = change.Kpi ?? c.Kpi;
        await WhoAsync(c, change, cancellation);
        await MessageAsync(c, change, cancellation);
        await WhenAsync(c, change, cancellation);
        return _problems;
    }

    private async Task WhoAsync(Campaign c, CampaignChange change, CancellationToken cancellation)
    {
        if (change.TargetGroupId is not { } id) return;
        if (await db.TargetGroups.AnyAsync(g => g.Id == id && g.ArchivedAt == null, cancellation)) c.TargetGroupId = id;
        else Refuse(CampaignField.TargetGroup, "This target group was deleted. Choose another.");
    }

    private async Task MessageAsync(Campaign c, CampaignChange change, CancellationToken cancellation)
    {
        if (change.ConnectionId is { } connection && connection != c.ConnectionId)
        {
            if (await db.ForScheduledCampaigns().AnyAsync(x => x.Id == connection, cancellation)) (c.ConnectionId, c.TemplateId) = (connection, null);
            else Refuse(CampaignField.Connection, "This connection was removed. Choose another.");
        }
        if (change.TemplateId is not { } id) return;
        var template = await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.ConnectionId == c.ConnectionId, cancellation);
        var provider = template is null ? null : await ProviderAsync(template.ConnectionId, cancellation);
        if (template is null || provider is null) Refuse(CampaignField.Template, "This template is not one of this connection. Choose another.");
        else if (TemplateUse.Why(template, provider.TemplatesNeedSubject) is { } why) Refuse(CampaignField.Template, $"\"{template.Name}\" cannot be chosen. {why}");
        else c.TemplateId = id;
    }

    private async Task WhenAsync(Campaign c, CampaignChange change, CancellationToken cancellation)
    {
        if (change.SendDate is { } date)
        {
            if (date < tenant.DayOf(now)) Refuse(CampaignField.SendDate, "This day is over. Take today or a later day.");
            else if (date > tenant.DayOf(now).AddYears(1)) Refuse(CampaignField.SendDate, "This is more than a year ahead. Take an earlier day.");
            else c.SendDate = date;
        }
        if (change.SendTime is not { } time) return;
        var provider = c.ConnectionId is { } id ? await ProviderAsync(id, cancellation) : null;
        var problem = provider is null ? null : SendTime.OffGrid(provider.Name, provider.SendGridMinutes, c.SendDate ?? tenant.DayOf(now), time, tenant.Zone);
        if (problem is not null) Refuse(CampaignField.SendTime, problem);
        else c.SendTime = time;
    }

    private async Task<ProviderInfo?> ProviderAsync(int connectionId, CancellationToken cancellation) =>
        await db.Connections.Where(x => x.Id == connectionId).Select(x => x.Provider).SingleOrDefaultAsync(cancellation) is { } key ? providers[key].Info : null;

    private static string? Name(string name) => name.Length switch
    {
        0 => "A campaign needs a name. Your colleagues find it by that.",
        > 120 => $"A name has at most 120 characters; this one has {name.Length}.",
        _ => null,
    };

    private static string? Share(decimal? share) => share is < 0 or > MostControl ? "The control is between 0 and 25 %." : null;

    private static string? Days(int? days) => days is < 1 or > 365 ? "Measure for 1 to 365 days." : null;

    private T Take<T>(T? wanted, T present, CampaignField field, Func<T, string?> problem) where T : class
    {
        if (wanted is null) return present;
        if (problem(wanted) is not { } sentence) return wanted;
        Refuse(field, sentence);
        return present;
    }

    private T Take<T>(T? wanted, T present, CampaignField field, Func<T?, string?> problem) where T : struct
    {
        if (wanted is not { } value) return present;
        if (problem(value) is not { } sentence) return value;
        Refuse(field, sentence);
        return present;
    }

    private void Refuse(CampaignField field, string sentence) => _problems.Add(new(field, sentence));
}
