namespace Optimove.Portal.Providers;

/// <summary>A client's access to a provider, opened for one use.</summary>
/// <param name="Id">The connection's id: limits and circuit breakers count per connection.</param>
/// <param name="Settings">An instance of <see cref="ProviderInfo.SettingsType"/>, secrets included.</param>
/// <param name="BaseAddress">Replaces the provider's own address (a twin); null in production.</param>
public sealed record ProviderConnection(int Id, object Settings, Uri? BaseAddress = null);

/// <summary>A message that a provider can send. <paramref name="Unusable"/> is the sentence that says why it cannot be chosen.</summary>
/// <param name="Deleted">Somebody deleted it there, and the provider lists it all the same.</param>
/// <param name="Scope">The app, app group or other part of the account that it belongs to.</param>
/// <param name="Platform">For whom it is, in words: "iOS", "Android", "iOS and Android".</param>
public sealed record ProviderTemplate(
    string Id, string Name, DateTimeOffset? ChangedAt = null, string? Thumbnail = null, string? PreviewUrl = null, string? Html = null, string? Unusable = null, bool Deleted = false,
    TemplateScope? Scope = null, string? Platform = null);

/// <summary>A part of the provider's account that has templates of its own (see <see cref="ProviderInfo.ScopeNoun"/>).</summary>
public sealed record TemplateScope(string Id, string Name);

/// <summary>One hand-over: a campaign's occurrence and its template.</summary>
public sealed record SendOrder
{
    /// <summary>The same text for the same hand-over for ever; names everything that is made at the provider, so that it can be found again.</summary>
    public required string DispatchId { get; init; }
    public required string TemplateId { get; init; }
    /// <summary>Id of the template's <see cref="TemplateScope"/>, where it has one.</summary>
    public string? ScopeId { get; init; }
    public string? Subject { get; init; }
    public string? PreviewText { get; init; }
    /// <summary>When the provider is to send; already on the provider's grid.</summary>
    public required DateTimeOffset SendAt { get; init; }
    /// <summary>When the order was made; a search at the provider need not look further back.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Recipients over all chunks.</summary>
    public required int Recipients { get; init; }
}

/// <summary>A message to a few named people, to be sent at once.</summary>
public sealed record TriggeredSend
{
    /// <summary>The same text for the same call for ever, so that a message can be traced back to it.</summary>
    public required string DispatchId { get; init; }
    public required string TemplateId { get; init; }
    /// <summary>Id of the template's <see cref="TemplateScope"/>, where it has one.</summary>
    public string? ScopeId { get; init; }
    /// <summary>At least one; nobody twice.</summary>
    public required IReadOnlyList<TriggeredRecipient> Recipients { get; init; }

    /// <exception cref="ProviderException">There are more recipients than a call can carry.</exception>
    internal void MustFit(ProviderInfo provider)
    {
        if (Recipients.Count > provider.AtOnce!.Recipients)
            throw new ProviderException(ProviderFault.Misconfigured, $"{provider.Name} is sent to at most {provider.AtOnce.Recipients:N0} people in one call, and {Recipients.Count:N0} were given. Nothing was sent.");
    }
}

/// <param name="Address">What <see cref="ProviderInfo.Identity"/> names.</param>
/// <param name="Values">The person's own, by name, as texts; of no meaning where the provider takes none.</param>
public sealed record TriggeredRecipient(string Address, IReadOnlyDictionary<string, string> Values);

/// <param name="Address">What <see cref="ProviderInfo.Identity"/> names.</param>
/// <param name="Fields">The values of <see cref="IProvider.AttributesOf"/>, in that order; null where none are asked for.</param>
public readonly record struct Recipient(string CustomerId, string Address, IReadOnlyList<string?>? Fields = null);

/// <summary>A fixed part of the list; the same number always holds the same people. Numbers start at 1. A provider of
/// <see cref="ProviderInfo.WholeList"/> gets pieces that all bear the number 1, and may ask for the stream again from its beginning.</summary>
public sealed record RecipientChunk(int Number, IReadOnlyList<Recipient> Recipients);

public enum CancelState { Cancelled, NothingToCancel, TooLate, NeedsPerson }

/// <param name="Sentence">What happened at the provider and what, if anything, is left to do there.</param>
public sealed record CancelResult(CancelState State, string Sentence);

/// <summary>Counts since the send; null where the provider does not offer one. <paramref name="Raw"/> is the answer as it came.</summary>
/// <param name="Caveat">What a reader must know before trusting the figures, for example that two campaigns share them.</param>
public sealed record MetricsReading(
    long? Sent, long? Delivered, long? Bounced, long? UniqueOpens, long? TotalOpens, long? UniqueClicks, long? TotalClicks,
    long? Unsubscribed, long? Complaints, string Raw, string? Caveat = null);
