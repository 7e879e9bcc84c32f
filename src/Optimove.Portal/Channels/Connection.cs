using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels;

/// <summary>A client's access to a provider. Secrets are encrypted for the tenant and never shown again.</summary>
public sealed class Connection : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public required string Provider { get; set; }
    public required string Name { get; set; }
    /// <summary>The settings that are not secret, as JSON.</summary>
    public required string Settings { get; set; }
    /// <summary>The secret settings as JSON, encrypted with the tenant's purpose.</summary>
    public string? Secrets { get; set; }
    public DateTimeOffset? SecretsSavedAt { get; set; }
    /// <summary>Address of a twin that stands in for the provider; development and dry runs only.</summary>
    public string? TwinAddress { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? CheckedAt { get; set; }
    public DateTimeOffset? TemplatesAt { get; set; }
    public DateTimeOffset? RemovedAt { get; set; }
}

/// <summary>The present state of one checklist item of a connection, with its evidence.</summary>
public sealed class ConnectionCheck : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int ConnectionId { get; set; }
    public required string Item { get; set; }
    public CheckState State { get; set; }
    public required string Sentence { get; set; }
    public DateTimeOffset CheckedAt { get; set; }
    /// <summary>Since when the answer has been of this state; asking again does not begin it anew.</summary>
    public DateTimeOffset Since { get; set; }
    /// <summary>The person who confirmed an item that software cannot check.</summary>
    public string? ConfirmedBy { get; set; }
    public string? Note { get; set; }

    /// <summary>Takes over an answer and its time.</summary>
    public void Take(CheckState state, string sentence, DateTimeOffset at)
    {
        if (CheckedAt == default || State != state) Since = at;
        (State, Sentence, CheckedAt) = (state, sentence, at);
    }
}

/// <summary>A provider's template as of the last synchronisation, with the subject line that the client keeps here.</summary>
public sealed class Template : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int ConnectionId { get; set; }
    /// <summary>The provider's id.</summary>
    public required string ProviderId { get; set; }
    public required string Name { get; set; }
    public string? Subject { get; set; }
    public string? PreviewText { get; set; }
    public string? Html { get; set; }
    public string? Thumbnail { get; set; }
    public string? PreviewUrl { get; set; }
    /// <summary>The provider's id and name of the app, app group or other part of the account that it belongs to.</summary>
    public string? ScopeId { get; set; }
    public string? ScopeName { get; set; }
    /// <summary>For whom it is: "iOS", "Android", "iOS and Android".</summary>
    public string? Platform { get; set; }
    /// <summary>Why the provider cannot send it; null when it can.</summary>
    public string? Unusable { get; set; }
    public DateTimeOffset? ChangedAt { get; set; }
    public DateTimeOffset FirstSeenAt { get; set; }
    public DateTimeOffset LastSeenAt { get; set; }
    /// <summary>Since when the provider no longer lists it.</summary>
    public DateTimeOffset? GoneAt { get; set; }
}
