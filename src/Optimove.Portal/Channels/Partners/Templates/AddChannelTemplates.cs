using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers.Partner;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Templates;

/// <summary>Takes over templates that a partner offers on a channel, in one statement: new ones are added, known ones renamed, taken-away ones come back.</summary>
public sealed class AddChannelTemplates(IDbContextFactory<PortalDb> databases, PartnerChannelQueries channels, RunCheck check, TenantContext tenant, TimeProvider clock)
{
    /// <param name="templates">Of two with one id the last counts.</param>
    /// <exception cref="RefusedException">The client has no such channel.</exception>
    public async Task RunAsync(int channelId, IReadOnlyList<OfferedTemplate> templates, CancellationToken cancellation = default)
    {
        var channel = await channels.GetAsync(channelId, cancellation);
        // In the order of their ids, so that two calls at once wait for each other rather than for both.
        var rows = templates.GroupBy(t => t.TemplateId).Select(g => g.Last()).OrderBy(t => t.TemplateId).ToList();
        string[] ids = [.. rows.Select(t => t.TemplateId.ToString(CultureInfo.InvariantCulture))];
        string[] names = [.. rows.Select(t => t.Name)];
        string?[] apps = [.. rows.Select(t => t.AppId)];
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"""
            with told as (
              insert into templates as known (tenant_id, connection_id, provider_id, name, scope_id, scope_name, changed_at, first_seen_at, last_seen_at)
              select {tenant.Current.Id}, {channel.ConnectionId}, t.id, t.name, t.app, coalesce(a.name, t.app), {now}, {now}, {now}
              from unnest({ids}, {names}, {apps}) with ordinality as t (id, name, app, place)
              left join channel_apps a on a.tenant_id = {tenant.Current.Id} and a.partner_channel_id = {channel.Id} and a.app_id = t.app and a.gone_at is null
              order by t.place
              on conflict (tenant_id, connection_id, provider_id) do update
              set name = excluded.name, scope_id = excluded.scope_id, scope_name = excluded.scope_name, last_seen_at = excluded.last_seen_at, gone_at = null,
                  changed_at = case when (known.name, known.scope_id) is distinct from (excluded.name, excluded.scope_id) or known.gone_at is not null then excluded.changed_at else known.changed_at end
            )
            update connections set templates_at = {now} where tenant_id = {tenant.Current.Id} and id = {channel.ConnectionId}
            """, cancellation);
        await check.RunAsync(channel.ConnectionId, PartnerProvider.Templates, cancellation);
    }
}

/// <summary>A template as the partner tells it.</summary>
public sealed record OfferedTemplate(long TemplateId, string Name, string? AppId);
