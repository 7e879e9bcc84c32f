using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Launch;

/// <summary>
/// Everything that must hold before a campaign is launched, in the order in which a person would mend it. What stops the launch comes with
/// the remedy; counting people is not part of it.
/// </summary>
public sealed class CheckLaunch(TenantRules rules, ReadAddressing addressing, ProviderCatalog providers, TenantContext tenant, TimeProvider clock)
{
    /// <param name="timeUnchanged">True for a launched campaign whose time stays: how far ahead it is no longer matters.</param>
    public async Task<IReadOnlyList<LaunchCheck>> RunAsync(PortalDb db, Campaign campaign, bool timeUnchanged = false, CancellationToken cancellation = default)
    {
        var checks = new List<LaunchCheck>();
        checks.AddRange(await AudienceChecks.RunAsync(db, campaign, await rules.GetAsync(cancellation), addressing, cancellation));
        checks.Add(Control(campaign));
        checks.AddRange(await MessageChecks.RunAsync(db, campaign, providers, tenant.Current.Zone, cancellation));
        checks.AddRange(await TimeChecks.RunAsync(db, campaign, new(providers, tenant.Current, clock.GetUtcNow(), timeUnchanged), cancellation));
        checks.Add(await DataChecks.RunAsync(db, tenant.Current, clock.GetUtcNow(), cancellation));
        return [.. checks.OrderBy(c => c.Result)];
    }

    private static LaunchCheck Control(Campaign campaign) => campaign.ControlShare == 0
        ? LaunchCheck.Look(WizardStep.Who, "There is no control group", "Without people who get nothing, nobody can say afterwards what the campaign added.")
        : LaunchCheck.Well(WizardStep.Who, $"{campaign.ControlShare * 100:0.#}\u00A0% are held back as control", "They are drawn when the list is made; one mailbox is never in both groups.");
}
