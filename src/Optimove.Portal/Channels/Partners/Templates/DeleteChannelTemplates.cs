using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Templates;

/// <summary>Notes that a partner no longer offers templates, of one or several channels; unknown ones are passed over.</summary>
public sealed class DeleteChannelTemplates(IDbContextFactory<PortalDb> databases, TenantContext tenant, TimeProvider clock)
{
    public async Task RunAsync(IReadOnlyList<(int ChannelId, long TemplateId)> templates, CancellationToken cancellation = default)
    {
        int[] channels = [.. templates.Select(t => t.ChannelId)];
        long[] ids = [.. templates.Select(t => t.TemplateId)];
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"""
            update channel_templates t set gone_at = {clock.GetUtcNow()} from partner_channels c, unnest({channels}, {ids}) as g (channel_id, template_id)
            where t.tenant_id = {tenant.Current.Id} and t.partner_channel_id = c.id and c.channel_id = g.channel_id and c.removed_at is null and t.template_id = g.template_id and t.gone_at is null
            """, cancellation);
    }
}
