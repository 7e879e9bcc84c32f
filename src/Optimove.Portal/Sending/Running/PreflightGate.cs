using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Running;

/// <summary>What must hold before a list is made. Answers with the sentence for the person who must act, or null when all is well.</summary>
public sealed class PreflightGate(DatabaseOptions database, ProviderCatalog providers, TenantContext tenant, TimeProvider clock)
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    public async Task<HoldReason?> RunAsync(PortalDb db, Occurrence o, CancellationToken cancellation) =>
        await EnvironmentAsync(db, cancellation) ?? await NightAsync(db, o, cancellation) ?? await DataAsync(db, cancellation) ?? await MessageAsync(db, o, cancellation);

    private HoldReason Hold(string sentence) => new(sentence, clock.GetUtcNow() + Again);

    private async Task<HoldReason?> EnvironmentAsync(PortalDb db, CancellationToken cancellation)
    {
        var environment = await db.Installations.Select(i => i.Environment).SingleAsync(cancellation);
        return environment == database.Environment ? null
            : Hold($"This database belongs to the installation \"{environment}\" and is open here as \"{database.Environment}\". A copy sends nothing until an operator adopts it.");
    }

    // The list of a campaign that locks with the night waits for the night's import.
    private async Task<HoldReason?> NightAsync(PortalDb db, Occurrence o, CancellationToken cancellation)
    {
        var date = tenant.Current.DayOf(o.LocksAt);
        var night = await db.Nights.AsNoTracking().SingleOrDefaultAsync(n => n.Date == date, cancellation);
        if (night is { State: NightState.Held }) return Hold(night.Sentence ?? "Tonight's data waits for a decision under Imports.");
        var waits = night is { ImportedAt: null } || night is null && clock.GetUtcNow() < o.LocksAt.AddMinutes(2);
        return waits ? new("Waits for the night's import.", clock.GetUtcNow().AddSeconds(10), OnlyEarly: true) : null;
    }

    private async Task<HoldReason?> DataAsync(PortalDb db, CancellationToken cancellation)
    {
        var latest = await db.ImportRuns.AsNoTracking().Where(r => r.Kind == ImportKind.Customers && r.State != ImportState.Refused && r.State != ImportState.Failed)
            .OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(cancellation);
        return latest switch
        {
            null => Hold("No customers have been imported yet, so there is nobody to send to. Import customers.csv under Imports."),
            { State: ImportState.Held } => Hold($"The customer file \"{latest.FileName}\" is unusual and waits for a decision under Imports. {latest.Sentence}"),
            { State: ImportState.Running } => new("Waits for the import that is running.", clock.GetUtcNow().AddSeconds(10), OnlyEarly: true),
            _ => null,
        };
    }

    private async Task<HoldReason?> MessageAsync(PortalDb db, Occurrence o, CancellationToken cancellation)
    {
        var campaign = o.Campaign;
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == campaign.ConnectionId && c.RemovedAt == null, cancellation);
        if (connection is null) return Hold("Its connection has been removed. Choose another channel in the campaign.");
        var checklist = ChecklistState.Of(providers[connection.Provider].Info, await db.ConnectionChecks.AsNoTracking().Where(c => c.ConnectionId == connection.Id).ToListAsync(cancellation));
        if (checklist.Blocking.FirstOrDefault() is { } blocked) return Hold($"The connection \"{connection.Name}\" is blocked: {blocked.Sentence}");
        var template = await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == campaign.TemplateId, cancellation);
        return template switch
        {
            null => Hold("It has no template. Choose one in the campaign."),
            { GoneAt: not null } => Hold($"The template \"{template.Name}\" was deleted at the provider. Choose another in the campaign."),
            { Unusable: { } why } => Hold($"The template \"{template.Name}\" cannot be sent: {why}"),
            _ => null,
        };
    }
}
