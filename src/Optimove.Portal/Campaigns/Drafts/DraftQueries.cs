using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Wording;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Drafts;

/// <summary>What the wizard shows.</summary>
public sealed class DraftQueries(IDbContextFactory<PortalDb> databases, TenantRules rules, ProviderCatalog providers, TenantContext tenant)
{
    public async Task<CampaignDraft?> GetAsync(int campaignId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var campaign = await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == campaignId && c.ArchivedAt == null, cancellation);
        if (campaign is null) return null;
        var from = await db.Campaigns.Where(c => c.Id == campaign.CopiedFromId).Select(c => new { c.Id, c.Name }).SingleOrDefaultAsync(cancellation);
        return new()
        {
            Campaign = campaign,
            Occurrence = await db.Occurrences.AsNoTracking().Where(o => o.CampaignId == campaignId).OrderByDescending(o => o.Date).FirstOrDefaultAsync(cancellation),
            CopiedFrom = from is null ? null : (from.Id, from.Name),
            Groups = await GroupsAsync(db, campaign, cancellation),
            Connections = await ConnectionsAsync(db, cancellation),
            Templates = await TemplatesAsync(db, campaign, cancellation),
            NightlyAt = await db.Tenants.Where(t => t.Id == tenant.Current.Id).Select(t => t.NightlyAt).SingleAsync(cancellation),
        };
    }

    private async Task<IReadOnlyList<GroupChoice>> GroupsAsync(PortalDb db, Campaign campaign, CancellationToken cancellation)
    {
        var catalogue = (await rules.GetAsync(cancellation)).Catalogue;
        var groups = await db.TargetGroups.AsNoTracking().Where(g => g.ArchivedAt == null || g.Id == campaign.TargetGroupId).OrderBy(g => g.Name).ToListAsync(cancellation);
        var sizes = (await db.TargetGroupSizes.AsNoTracking().GroupBy(s => s.TargetGroupId)
            .Select(g => g.OrderByDescending(s => s.DataDate).First()).ToListAsync(cancellation)).ToDictionary(s => s.TargetGroupId, s => s.Size);
        return [.. groups.Select(g => new GroupChoice(g.Id, g.Name, sizes.TryGetValue(g.Id, out var size) ? size : null, Words(g.Rule, catalogue)))];
    }

    private static string Words(string rule, Catalogue catalogue)
    {
        try
        {
            return Describer.Describe(RuleJson.Read(rule), catalogue);
        }
        catch (JsonException)
        {
            return "Its rule cannot be read.";
        }
    }

    private async Task<IReadOnlyList<ConnectionChoice>> ConnectionsAsync(PortalDb db, CancellationToken cancellation)
    {
        var answers = (await db.ConnectionChecks.AsNoTracking().ToListAsync(cancellation)).ToLookup(c => c.ConnectionId);
        var connections = await db.ForScheduledCampaigns().AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellation);
        return [.. connections.Select(c => (Row: c, Provider: providers[c.Provider].Info)).Select(c =>
            new ConnectionChoice(c.Row.Id, c.Row.Name, c.Provider, ChecklistState.Of(c.Provider, answers[c.Row.Id]).Blocking.FirstOrDefault()?.Sentence))];
    }

    private async Task<IReadOnlyList<TemplateChoice>> TemplatesAsync(PortalDb db, Campaign campaign, CancellationToken cancellation)
    {
        if (campaign.ConnectionId is not { } id) return [];
        var provider = providers[await db.Connections.Where(c => c.Id == id).Select(c => c.Provider).SingleAsync(cancellation)].Info;
        // Whole e-mails are not read for a list.
        var templates = await db.Templates.Where(t => t.ConnectionId == id && (t.GoneAt == null || t.Id == campaign.TemplateId))
            .Select(t => new Template
            {
                Id = t.Id, ProviderId = t.ProviderId, Name = t.Name, Subject = t.Subject, PreviewText = t.PreviewText, Thumbnail = t.Thumbnail,
                Unusable = t.Unusable, ChangedAt = t.ChangedAt, GoneAt = t.GoneAt, ScopeId = t.ScopeId, ScopeName = t.ScopeName, Platform = t.Platform,
            }).ToListAsync(cancellation);
        var used = await db.Campaigns.Where(c => c.ConnectionId == id && c.TemplateId != null && c.State != CampaignState.Cancelled && c.ArchivedAt == null && c.Id != campaign.Id)
            .GroupBy(c => c.TemplateId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        return [.. templates.Select(t => TemplateChoice.Of(t, provider, used.GetValueOrDefault(t.Id)))
            .OrderBy(t => t.WhyNot is not null).ThenByDescending(t => t.ChangedAt).ThenBy(t => t.Name)];
    }
}
