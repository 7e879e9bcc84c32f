using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Templates;

/// <summary>Notes that apps of one or several channels are no longer there; unknown ones are passed over.</summary>
public sealed class DeleteChannelApps(IDbContextFactory<PortalDb> databases, TenantContext tenant, TimeProvider clock)
{
    public async Task RunAsync(IReadOnlyList<(int ChannelId, string AppId)> apps, CancellationToken cancellation = default)
    {
        int[] channels = [.. apps.Select(a => a.ChannelId)];
        string[] ids = [.. apps.Select(a => a.AppId)];
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"""
            update channel_apps a set gone_at = {clock.GetUtcNow()} from partner_channels c, unnest({channels}, {ids}) as g (channel_id, app_id)
            where a.tenant_id = {tenant.Current.Id} and a.partner_channel_id = c.id and c.channel_id = g.channel_id and c.removed_at is null and a.app_id = g.app_id and a.gone_at is null
            """, cancellation);
    }
}
