using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Templates;

/// <summary>Takes over the apps that a partner tells for a channel: new ones are added, known ones renamed, taken-away ones come back.</summary>
public sealed class AddChannelApps(IDbContextFactory<PortalDb> databases, PartnerChannelQueries channels, TenantContext tenant, TimeProvider clock)
{
    /// <param name="apps">Of two with one id the last counts.</param>
    /// <exception cref="RefusedException">The client has no such channel, or the channel has no apps.</exception>
    public async Task RunAsync(int channelId, IReadOnlyList<(string AppId, string Name)> apps, CancellationToken cancellation = default)
    {
        var channel = await channels.GetAsync(channelId, cancellation);
        if (!channel.HasApps) throw new RefusedException($"ChannelID {channelId} has no apps. The client's customer success manager can change that.");
        var rows = apps.GroupBy(a => a.AppId, StringComparer.Ordinal).Select(g => g.Last()).OrderBy(a => a.AppId, StringComparer.Ordinal).ToList();
        string[] ids = [.. rows.Select(a => a.AppId)];
        string[] names = [.. rows.Select(a => a.Name)];
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"""
            with told as (
              update templates t set scope_name = a.name from unnest({ids}, {names}) as a (id, name)
              where t.tenant_id = {tenant.Current.Id} and t.connection_id = {channel.ConnectionId} and t.scope_id = a.id and t.scope_name is distinct from a.name
            )
            insert into channel_apps (tenant_id, partner_channel_id, app_id, name, added_at)
            select {tenant.Current.Id}, {channel.Id}, a.id, a.name, {clock.GetUtcNow()} from unnest({ids}, {names}) as a (id, name)
            on conflict (tenant_id, partner_channel_id, app_id) do update set name = excluded.name, gone_at = null
            """, cancellation);
    }
}
