using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>Reads what the entered client's events are checked and decided by.</summary>
public sealed class TriggerWorldQueries(IDbContextFactory<PortalDb> databases, TenantRules rules, TriggerChannels channels, TenantContext tenant, TimeProvider clock)
{
    /// <summary>Where the parameters of an audience's rule begin in its query.</summary>
    internal const int FirstParameter = 4;

    public async Task<TriggerWorld> ReadAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var definitions = await db.EventDefinitions.AsNoTracking().Where(d => d.RetiredAt == null).ToListAsync(cancellation);
        var campaigns = await db.TriggeredCampaigns.AsNoTracking().Where(c => c.State == TriggeredCampaignState.Live).ToListAsync(cancellation);
        var key = await db.Tenants.Where(t => t.Id == tenant.Current.Id).Select(t => t.AssignmentKey).SingleAsync(cancellation);
        return new([.. definitions.Select(Known)], campaigns.Count == 0 ? [] : await LiveAsync(db, campaigns, cancellation), key);
    }

    private KnownEvent Known(EventDefinition definition)
    {
        var parameters = definition.ReadParameters();
        return new(definition.Id, definition.Name, parameters.ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase), Context(parameters));
    }

    // Days that a condition counts from are counted from today, as there is no day of the data for an event.
    private RuleContext Context(IEnumerable<EventParameter> parameters) =>
        new(new(parameters.Select(p => p.ToColumn())), tenant.Current.DayOf(clock.GetUtcNow()), tenant.Current.Zone);

    private async Task<IReadOnlyList<LiveTrigger>> LiveAsync(PortalDb db, List<TriggeredCampaign> campaigns, CancellationToken cancellation)
    {
        var context = await rules.GetAsync(cancellation);
        var offered = await channels.ListAsync(cancellation);
        var attributes = await db.CustomerAttributes.AsNoTracking().ToListAsync(cancellation);
        return [.. campaigns.Select(c =>
        {
            var channel = offered.FirstOrDefault(o => o.Number == c.ChannelId);
            var tags = attributes.Where(a => channel?.Tags.Contains(a.Field) == true).ToList();
            return new LiveTrigger(c, TriggerRule.Read(c.Rule), Audience(c, context), [.. tags.Select(a => a.Field)], string.Concat(tags.Select(a => ", " + AttributeText.Sql(a, "c"))),
                channel, channel?.Templates.FirstOrDefault(t => t.ActionId == c.ActionId));
        })];
    }

    private static CompiledRule? Audience(TriggeredCampaign campaign, RuleContext context) =>
        campaign.TargetGroupId is { } id && context.Catalogue.Group(id) is { } group && RuleChecker.Check(group.Rule, context.Catalogue, id).Count == 0
            ? SqlCompiler.Compile(group.Rule, context, FirstParameter) : null;
}
