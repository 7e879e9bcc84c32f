using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Providers.Http;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Listeners;

/// <summary>
/// Registers where a credential wants to be told of an event, for a channel or for all; the same event and channel again replaces the address.
/// Addresses inside the network are refused here where they can be seen to be, and at each delivery in any case.
/// </summary>
public sealed class RegisterListener(IDbContextFactory<PortalDb> databases, PartnerChannelQueries channels, TenantContext tenant, IOptions<ProviderOptions> options, TimeProvider clock)
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
        var address = Address(url);
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"""
            insert into event_listeners (tenant_id, credential_id, event_type, channel_id, url, registered_at)
            values ({tenant.Current.Id}, {credentialId}, {eventType}, {channel}, {address}, {now})
            on conflict (tenant_id, credential_id, event_type, channel_id) do update set url = excluded.url, registered_at = excluded.registered_at
            """, cancellation);
    }

    private async Task<int?> ChannelAsync(int eventType, int? channelId, CancellationToken cancellation)
    {
        if (eventType == TriggerMet && channelId is null) throw new RefusedException("EventTypeID 11 needs the ChannelID of a channel for triggered campaigns.");
        if (channelId is null || !OfOneChannel.Contains(eventType)) return null;
        var channel = await channels.GetAsync(channelId.Value, cancellation);
        return eventType != TriggerMet || channel.TriggeredUse ? channelId : throw new RefusedException($"ChannelID {channelId} is not for triggered campaigns.");
    }

    // One client sends the address encoded inside the JSON.
    private string Address(string url)
    {
        var text = url.Contains("://", StringComparison.Ordinal) ? url : Uri.UnescapeDataString(url);
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0)
            throw new RefusedException("ListenerURL must be an address that begins with https:// or http://, without a user name.");
        if (!MayBeCalled(address)) throw new RefusedException("ListenerURL must be an address on the public internet.");
        return address.AbsoluteUri;
    }

    private bool MayBeCalled(Uri address)
    {
        var guard = new AddressGuard(options.Value.AllowLoopback);
        if (address.IsLoopback) return options.Value.AllowLoopback;
        return address.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.IPv6) || IPAddress.TryParse(address.DnsSafeHost, out var ip) && guard.Allows(ip);
    }
}
