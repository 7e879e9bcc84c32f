using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Campaigns.Launch;

/// <summary>Whether the connection works and the template can be sent.</summary>
internal static class MessageChecks
{
    public static async Task<IReadOnlyList<LaunchCheck>> RunAsync(PortalDb db, Campaign campaign, ProviderCatalog providers, TimeZoneInfo zone, CancellationToken cancellation)
    {
        if (campaign.ConnectionId is not { } id) return [LaunchCheck.Stop(WizardStep.Message, "No connection is chosen", "Choose one under Message.")];
        var connection = await db.Connections.AsNoTracking().SingleAsync(c => c.Id == id, cancellation);
        if (connection.RemovedAt is not null) return [LaunchCheck.Stop(WizardStep.Message, $"The connection \"{connection.Name}\" was removed", "Choose another under Message.")];
        var provider = providers[connection.Provider].Info;
        var checks = await db.ConnectionChecks.AsNoTracking().Where(c => c.ConnectionId == id).ToListAsync(cancellation);
        return [Connection(connection, checks, zone), await TemplateAsync(db, campaign, provider, cancellation)];
    }

    private static LaunchCheck Connection(Connection connection, List<ConnectionCheck> checks, TimeZoneInfo zone)
    {
        if (checks.Find(c => c.State == CheckState.Blocked) is { } blocked)
            return LaunchCheck.Stop(WizardStep.Message, $"The connection \"{connection.Name}\" is blocked", blocked.Sentence, "Client admin");
        if (checks.Find(c => c.State == CheckState.Attention) is { } attention)
            return LaunchCheck.Look(WizardStep.Message, $"The connection \"{connection.Name}\" needs a look", attention.Sentence, "Client admin");
        return connection.CheckedAt is { } at
            ? LaunchCheck.Well(WizardStep.Message, $"The connection \"{connection.Name}\" answers", $"Checked {TimeZoneInfo.ConvertTime(at, zone):d MMMM, HH:mm}.")
            : LaunchCheck.Look(WizardStep.Message, $"The connection \"{connection.Name}\" was never checked", "Check it under Channels.", "Client admin");
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
