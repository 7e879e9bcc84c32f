using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Campaigns.Drafts;

/// <summary>Says who was faster, when a campaign was changed since it was read.</summary>
internal static class EditConflict
{
    public static async Task SaveUnlessChangedAsync(this PortalDb db, Campaign campaign, uint version, CancellationToken cancellation)
    {
        db.Entry(campaign).Property(c => c.Version).OriginalValue = version;
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw await RefusalAsync(db, campaign.Id, cancellation);
        }
    }

    private static async Task<RefusedException> RefusalAsync(PortalDb db, int campaignId, CancellationToken cancellation)
    {
        var ending = $"({campaignId})";
        var who = await db.AuditEntries.Where(a => a.Action.StartsWith("campaign.") && a.Subject.EndsWith(ending))
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Select(a => a.Who).FirstOrDefaultAsync(cancellation);
        return new($"{who ?? "Somebody"} changed this campaign while you edited. Your last change is not saved; load the page again and make it on top of theirs.");
    }
}
