using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Templates;

/// <summary>Takes over templates that a partner offers on a channel, in one statement: new ones are added, known ones renamed, taken-away ones come back.</summary>
public sealed class AddChannelTemplates(IDbContextFactory<PortalDb> databases, PartnerChannelQueries channels, TenantContext tenant, TimeProvider clock)
{
    /// <param name="templates">Of two with one id the last counts.</param>
    /// <exception cref="RefusedException">The client has no such channel.</exception>
    public async Task RunAsync(int channelId, IReadOnlyList<OfferedTemplate> templates, CancellationToken cancellation = default)
    {
        var channel = await channels.GetAsync(channelId, cancellation);
        // In the order of their ids, so that two calls at once wait for each other rather than for both.
        var rows = templates.GroupBy(t => t.TemplateId).Select(g => g.Last()).OrderBy(t => t.TemplateId).ToList();
        long[] ids = [.. rows.Select(t => t.TemplateId)];
        string[] names = [.. rows.Select(t => t.Name)];
        string?[] apps = [.. rows.Select(t => t.AppId)];
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"""
            insert into channel_templates (tenant_id, partner_channel_id, template_id, name, app_id, added_at, changed_at)
            select {tenant.Current.Id}, {channel.Id}, t.id, t.name, t.app, {now}, {now} from unnest({ids}, {names}, {apps}) as t (id, name, app)
            on conflict (tenant_id, partner_channel_id, template_id) do update set name = excluded.name, app_id = excluded.app_id, changed_at = excluded.changed_at, gone_at = null
            """, cancellation);
    }
}

/// <summary>A template as the partner tells it.</summary>
public sealed record OfferedTemplate(long TemplateId, string Name, string? AppId);
