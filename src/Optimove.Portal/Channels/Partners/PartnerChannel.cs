using Optimove.Portal.Providers;
using Optimove.Portal.Providers.Partner;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners;

/// <summary>A channel that an integration partner serves for a client, known to the partner by its number. Its templates and apps come from the partner.</summary>
public sealed class PartnerChannel : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    /// <summary>The number that the partner calls it by; one of a kind within the client.</summary>
    public int ChannelId { get; set; }
    public required string Name { get; set; }
    public Channel Kind { get; set; }
    /// <summary>The connection that campaigns go through; made and removed with the channel.</summary>
    public int ConnectionId { get; set; }
    public Connection Connection { get; set; } = null!;
    /// <summary>Whether the partner tells the apps that a template can go to.</summary>
    public bool HasApps { get; set; }
    /// <summary>Whether real-time triggered campaigns go through it; listeners for those must name it.</summary>
    public bool TriggeredUse { get; set; }
    /// <summary>Each posted figure adds to the one before, as partners do who post every receipt; otherwise it takes its place.</summary>
    public bool FiguresAdd { get; set; }
    /// <summary>Fields of the attributes that are offered as personalisation tags.</summary>
    public required string[] Tags { get; set; }
    /// <summary>Tags that triggered messages leave out.</summary>
    public required string[] ExcludedTags { get; set; }
    /// <summary>Event parameters that triggered messages leave out.</summary>
    public required string[] ExcludedParameters { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? RemovedAt { get; set; }

    /// <inheritdoc cref="PartnerProvider.PreferenceName"/>
    public string PreferenceChannel => PartnerProvider.PreferenceName(Kind, ChannelId);
}

/// <summary>An app of a partner's channel, as the partner last told it.</summary>
public sealed class ChannelApp : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int PartnerChannelId { get; set; }
    public required string AppId { get; set; }
    public required string Name { get; set; }
    public DateTimeOffset AddedAt { get; set; }
    public DateTimeOffset? GoneAt { get; set; }
}

/// <summary>Where a program wants to be told of an event. One address for each credential, event and channel; registering again replaces it.</summary>
public sealed class EventListener : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int CredentialId { get; set; }
    /// <summary>1 campaign processed, 2 all of a day's processed, 3 data updated, 4 cancelled, 5 on hold, 11 trigger met, 13 executed on a channel.</summary>
    public int EventType { get; set; }
    /// <summary>The channel's number; null for all channels.</summary>
    public int? ChannelId { get; set; }
    public required string Url { get; set; }
    public DateTimeOffset RegisteredAt { get; set; }
    /// <summary>Who posts its notices now, and until when that claim holds; one alone does, so that they keep their order.</summary>
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}
