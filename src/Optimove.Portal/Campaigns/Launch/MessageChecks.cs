using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Campaigns.Launch;

/// <summary>Whether the connection works, which of its items stops the launch and who must act on it, and whether the template can be sent.</summary>
internal static class MessageChecks
{
    public static async Task<IReadOnlyList<LaunchCheck>> RunAsync(PortalDb db, Campaign campaign, ProviderCatalog providers, TimeZoneInfo zone, CancellationToken cancellation)
    {
        if (campaign.ConnectionId is not { } id) return [LaunchCheck.Stop(WizardStep.Message, "No connection is chosen", "Choose one under Message.")];
        var connection = await db.Connections.AsNoTracking().SingleAsync(c => c.Id == id, cancellation);
        if (connection.RemovedAt is not null) return [LaunchCheck.Stop(WizardStep.Message, $"The connection \"{connection.Name}\" was removed", "Choose another under Message.")];
        var provider = providers[connection.Provider].Info;
        var checklist = ChecklistState.Of(provider, await db.ConnectionChecks.AsNoTracking().Where(c => c.ConnectionId == id).ToListAsync(cancellation));
        return [.. Connection(connection, checklist, zone).Select(c => c with { ConnectionId = id }), await TemplateAsync(db, campaign, provider, cancellation)];
    }

    // Only what is red stops; the rest is for somebody to look at.
    private static IEnumerable<LaunchCheck> Connection(Connection connection, ChecklistState checklist, TimeZoneInfo zone)
    {
        if (checklist.Blocking is { Count: > 0 } blocking)
            return blocking.Select(l => LaunchCheck.Stop(WizardStep.Message, $"The connection \"{connection.Name}\" is blocked at \"{l.Item.Title}\"",
                $"{l.Sentence} {checklist.NameOf(l.Item.Owner)} must act; until then nothing is launched through it.", checklist.NameOf(l.Item.Owner)));
        if (connection.CheckedAt is not { } at)
            return [LaunchCheck.Look(WizardStep.Message, $"The connection \"{connection.Name}\" was never checked", "Check it under Channels.", "Client admin")];
        if (ChecklistLook.MostUrgent(checklist) is { } line)
            return [LaunchCheck.Look(WizardStep.Message, $"The connection \"{connection.Name}\" {(line.Hinders ? "is not ready" : "needs a look")}: {line.Item.Title}", line.Evidence, checklist.NameOf(line.Item.Owner))];
        return [LaunchCheck.Well(WizardStep.Message, $"The connection \"{connection.Name}\" is ready", $"Checked {TimeZoneInfo.ConvertTime(at, zone):d MMMM, HH:mm}.")];
    }

    private static async Task<LaunchCheck> TemplateAsync(PortalDb db, Campaign campaign, ProviderInfo provider, CancellationToken cancellation)
    {
        if (campaign.TemplateId is not { } id) return LaunchCheck.Stop(WizardStep.Message, "No template is chosen", "Choose one under Message.");
        var template = await db.Templates.AsNoTracking().SingleAsync(t => t.Id == id, cancellation);
        return TemplateUse.Why(template, provider.TemplatesNeedSubject) is { } why
            ? LaunchCheck.Stop(WizardStep.Message, $"The template \"{template.Name}\" cannot be sent", why)
            : LaunchCheck.Well(WizardStep.Message, $"The template \"{template.Name}\" can be sent", template.Subject is { } subject ? $"Subject: {subject}" : null);
    }
}
