using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Listeners;

/// <summary>
/// Registers where a credential wants to be told of an event, for a channel or for all; the same event and channel again replaces the address.
/// Addresses inside the network are refused here where they can be seen to be, and at each delivery in any case.
/// </summary>
public sealed class RegisterListener(IDbContextFactory<PortalDb> databases, PartnerChannelQueries channels, RefreshPartnerChecks checks, TenantContext tenant, PublicAddress addresses, TimeProvider clock)
{
    /// <summary>A trigger was met; goes to a channel of triggered use.</summary>
    public const int TriggerMet = 11;
    private static readonly int[] Offered = [1, 2, 3, 4, 5, TriggerMet, 13];
    private static readonly int[] OfOneChannel = [1, TriggerMet, 13];

    /// <param name="channelId">Null for all channels. Events of the whole client (2, 3, 4) pass it over; event 5 refuses it.</param>
    /// <param name="url">An absolute address, percent-encoded as a whole or not.</param>
    /// <exception cref="RefusedException">Unknown event or channel, a channel that does not fit the event, or an address that cannot be called.</exception>
    public async Task RunAsync(int credentialId, int eventType, int? channelId, string url, CancellationToken cancellation = default)
    {
        if (!Offered.Contains(eventType)) throw new RefusedException($"EventTypeID {eventType} is not offered; these are: {string.Join(", ", Offered)}.");
        if (eventType == 5 && channelId is not null) throw new RefusedException("EventTypeID 5 takes no ChannelID.");
        var channel = await ChannelAsync(eventType, channelId, cancellation);
        var address = addresses.Check("ListenerURL", url);
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"""
            insert into event_listeners (tenant_id, credential_id, event_type, channel_id, url, registered_at)
            values ({tenant.Current.Id}, {credentialId}, {eventType}, {channel}, {address}, {now})
            on conflict (tenant_id, credential_id, event_type, channel_id) do update set url = excluded.url, registered_at = excluded.registered_at
            """, cancellation);
        await checks.RunAsync(channel, cancellation);
    }

    private async Task<int?> ChannelAsync(int eventType, int? channelId, CancellationToken cancellation)
    {
        if (eventType == TriggerMet && channelId is null) throw new RefusedException("EventTypeID 11 needs the ChannelID of a channel for triggered campaigns.");
        if (channelId is null || !OfOneChannel.Contains(eventType)) return null;
        var channel = await channels.GetAsync(channelId.Value, cancellation);
        return eventType != TriggerMet || channel.TriggeredUse ? channelId : throw new RefusedException($"ChannelID {channelId} is not for triggered campaigns.");
    }
}
