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
    public PartnerChannelKind Kind { get; set; }
    /// <summary>Whether the partner tells the apps that a template can go to.</summary>
    public bool HasApps { get; set; }
    /// <summary>Whether real-time triggered campaigns go through it; listeners for those must name it.</summary>
    public bool TriggeredUse { get; set; }
    /// <summary>Fields of the attributes that are offered as personalisation tags.</summary>
    public required string[] Tags { get; set; }
    /// <summary>Tags that triggered messages leave out.</summary>
    public required string[] ExcludedTags { get; set; }
    /// <summary>Event parameters that triggered messages leave out.</summary>
    public required string[] ExcludedParameters { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>Under which name customers' preferences for it are kept: e-mail, push and SMS are shared with every other channel of that kind, the rest are its own.</summary>
    public string PreferenceChannel => Kind switch
    {
        PartnerChannelKind.Email => "email",
        PartnerChannelKind.Push => "push",
        PartnerChannelKind.Sms => "sms",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"channel-{ChannelId}"),
    };
}

public enum PartnerChannelKind { Email, Sms, Push, WebPush, InApp, Ads, Other }

public static class PartnerChannelKindExtensions
{
    extension(PartnerChannelKind kind)
    {
        /// <summary>The kind as people read it.</summary>
        public string InWords() => kind switch
        {
            PartnerChannelKind.Email => "E-mail",
            PartnerChannelKind.Sms => "SMS",
            PartnerChannelKind.Push => "Push",
            PartnerChannelKind.WebPush => "Web push",
            PartnerChannelKind.InApp => "In-app",
            PartnerChannelKind.Ads => "Ads",
            PartnerChannelKind.Other => "Other",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }
}

/// <summary>A template of a partner, as the partner last told it. One that was taken away keeps its row, so that campaigns can say what they used.</summary>
public sealed class ChannelTemplate : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int PartnerChannelId { get; set; }
    /// <summary>The partner's id; real ones have 16 digits.</summary>
    public long TemplateId { get; set; }
    public required string Name { get; set; }
    /// <summary>The app that it is for; null where it is for any, or the channel has none.</summary>
    public string? AppId { get; set; }
    public DateTimeOffset AddedAt { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    /// <summary>Since when the partner no longer offers it.</summary>
    public DateTimeOffset? GoneAt { get; set; }
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
