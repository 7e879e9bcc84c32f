using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Launch;

/// <summary>Whether there are customers to send to, and how old their data is.</summary>
internal static class DataChecks
{
    public static async Task<LaunchCheck> RunAsync(PortalDb db, TenantScope tenant, DateTimeOffset now, CancellationToken cancellation)
    {
        var latest = await db.ImportRuns.AsNoTracking().Where(r => r.Kind == ImportKind.Customers && (r.State == ImportState.Done || r.State == ImportState.Held))
            .OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(cancellation);
        return latest switch
        {
            null => LaunchCheck.Stop(WizardStep.Who, "No customers have been imported yet", "Import customers.csv under Imports.", "Client IT"),
            { State: ImportState.Held } => LaunchCheck.Look(WizardStep.Who, $"The customer file \"{latest.FileName}\" waits for a decision",
                "Until somebody decides under Imports, the list is not made.", "Client IT"),
            _ when latest.DataDate < tenant.DayOf(now).AddDays(-1) => LaunchCheck.Look(WizardStep.Who, $"The customer data is of {latest.DataDate:d MMMM}",
                "If no newer file comes, a person is asked before the list is made.", "Client IT"),
            _ => LaunchCheck.Well(WizardStep.Who, "The customer data is fresh", $"{latest.RowsLoaded:N0} customers, data of {latest.DataDate:d MMMM}."),
        };
    }
}
