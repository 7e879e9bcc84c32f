using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Data;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;

namespace Optimove.Portal.Campaigns.Launch;

/// <summary>Whether there is a group whose rule can be used, and an attribute by which the provider knows the customers.</summary>
internal static class AudienceChecks
{
    public static async Task<IReadOnlyList<LaunchCheck>> RunAsync(PortalDb db, Campaign campaign, RuleContext context, ReadAddressing addressing, CancellationToken cancellation)
    {
        var checks = new List<LaunchCheck> { await GroupAsync(db, campaign, context, cancellation) };
        try
        {
            await addressing.RunAsync(campaign.ConnectionId, campaign.TemplateId, cancellation);
        }
        catch (RefusedException e)
        {
            checks.Add(LaunchCheck.Stop(WizardStep.Who, "Nothing says by what the provider knows the customers", e.Message, "Client admin"));
        }
        return checks;
    }

    private static async Task<LaunchCheck> GroupAsync(PortalDb db, Campaign campaign, RuleContext context, CancellationToken cancellation)
    {
        if (campaign.TargetGroupId is not { } id) return LaunchCheck.Stop(WizardStep.Who, "No target group is chosen", "Choose one under Who.");
        var group = await db.TargetGroups.AsNoTracking().SingleAsync(g => g.Id == id, cancellation);
        if (group.ArchivedAt is not null) return LaunchCheck.Stop(WizardStep.Who, $"The target group \"{group.Name}\" was deleted", "Choose another under Who.");
        var problem = Problem(group.Rule, context.Catalogue, id);
        return problem is null
            ? LaunchCheck.Well(WizardStep.Who, $"The rule of \"{group.Name}\" can be used", $"On the data of {context.DataDate:d MMMM}.")
            : LaunchCheck.Stop(WizardStep.Who, $"The rule of \"{group.Name}\" cannot be used", problem);
    }

    private static string? Problem(string rule, Catalogue catalogue, int groupId)
    {
        try
        {
            return RuleChecker.Check(RuleJson.Read(rule), catalogue, groupId) is [var first, ..] ? first.Sentence : null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }
}
