using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers.Partner;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Templates;

/// <summary>Notes that a partner no longer offers templates, of one or several channels; unknown ones are passed over. A scheduled campaign that uses one is held.</summary>
public sealed class DeleteChannelTemplates(IDbContextFactory<PortalDb> databases, RunCheck check, TenantContext tenant, TimeProvider clock)
{
    public async Task RunAsync(IReadOnlyList<(int ChannelId, long TemplateId)> templates, CancellationToken cancellation = default)
    {
        int[] channels = [.. templates.Select(t => t.ChannelId)];
        string[] ids = [.. templates.Select(t => t.TemplateId.ToString(CultureInfo.InvariantCulture))];
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var gone = await db.Database.SqlQuery<int>($"""
            update templates t set gone_at = {clock.GetUtcNow()} from partner_channels c, unnest({channels}, {ids}) as g (channel_id, template_id)
            where t.tenant_id = {tenant.Current.Id} and t.connection_id = c.connection_id and c.channel_id = g.channel_id and c.removed_at is null and t.provider_id = g.template_id and t.gone_at is null
            returning t.connection_id
            """).ToListAsync(cancellation);
        foreach (var connection in gone.Distinct()) await check.RunAsync(connection, PartnerProvider.Templates, cancellation);
    }
}
