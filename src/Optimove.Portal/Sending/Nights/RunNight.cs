using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Customers.Import.Runs;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Nights;

/// <summary>
/// A tenant's night: the files of its folder, the sizes of its groups, the templates and checks of its connections. Each part is recorded when
/// done, so that a night broken off goes on where it stopped; two processes never run the same night.
/// </summary>
public sealed class RunNight(
    IDbContextFactory<PortalDb> databases, ImportNightly import, RecordGroupSizes sizes, RefreshConnections connections, TenantContext tenant, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await NightClaim.TakeAsync(db, tenant.Current, clock, cancellation) is not { } night) return;
        try
        {
            if (night.ImportedAt is null) await import.RunAsync(cancellation);
            await JudgeAsync(db, night, cancellation);
            if (night.GroupsAt is null) (night.GroupsCounted, night.GroupsAt) = (await sizes.RunAsync(cancellation), clock.GetUtcNow());
            await db.SaveChangesAsync(cancellation);
            if (night.TemplatesAt is null)
            {
                await connections.RunAsync(cancellation);
                night.TemplatesAt = clock.GetUtcNow();
            }
            if (night.State == NightState.Running) (night.State, night.FinishedAt) = (NightState.Done, clock.GetUtcNow());
        }
        finally
        {
            (night.LeaseOwner, night.LeaseUntil) = (null, null);
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    // A held night is judged again at each turn, so that a decision, or the file's late arrival, releases it.
    private async Task JudgeAsync(PortalDb db, Night night, CancellationToken cancellation)
    {
        var latest = await db.ImportRuns.AsNoTracking().Where(r => r.Kind == ImportKind.Customers && (r.State == ImportState.Done || r.State == ImportState.Held))
            .OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(cancellation);
        night.Sentence = latest switch
        {
            { State: ImportState.Held } => $"The customer file \"{latest.FileName}\" is unusual: {latest.Sentence} Decide under Imports, or tonight's campaigns stay on hold.",
            { } when latest.DataDate < night.Date.AddDays(-1) && night.Decision is ImportDecision.None =>
                $"No customer file has come since {latest.DataDate:d MMMM}. Decide under Imports whether tonight's campaigns use that data, or they stay on hold.",
            _ => null,
        };
        night.State = night.Sentence is null ? NightState.Running : NightState.Held;
        night.ImportedAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
    }
}
