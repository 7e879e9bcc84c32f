namespace Optimove.Portal.Providers;

/// <summary>
/// One outside system that sends messages for a client. Implementations hold no state of a client and see no database:
/// what must survive a crash goes through <see cref="ILedger"/>. Every failure is a <see cref="ProviderException"/>.
/// </summary>
public interface IProvider
{
    ProviderInfo Info { get; }

    /// <summary>The real field name of the attribute that a connection names as its identity; asked only where <see cref="ProviderInfo.Identity"/> is Named.</summary>
    string IdentityOf(object settings) => "customer_id";

    /// <summary>Real field names of the attributes whose values go along with each recipient, as the connection's settings map them.</summary>
    IReadOnlyList<string> AttributesOf(object settings) => [];

    /// <summary>Apps of a template's scope: only customers who use one of them are recipients. Null: no such limit.</summary>
    IReadOnlyList<string>? AppsOf(object settings, string scopeId) => null;

    /// <summary>Names the account whose <see cref="ProviderInfo.Pace"/> several connections share; holds no secret.</summary>
    string AccountOf(object settings) => "";

    /// <summary>Under which name customers' preferences for the channel are kept.</summary>
    /// <param name="settings">Opened only where they matter.</param>
    string PreferenceOf(Lazy<object> settings) => Info.Channel.ToString().ToLowerInvariant();

    /// <summary>What is wrong with settings whose values each look right, in a sentence that says what to change; null when nothing is. Asks nobody.</summary>
    string? ProblemOf(object settings) => null;

    /// <summary>Answers one item of <see cref="ProviderInfo.Checklist"/> by asking the provider; never changes anything there.</summary>
    Task<CheckResult> CheckAsync(ProviderConnection connection, string item, CheckInput input, CancellationToken cancellation);

    /// <summary>Every template that the provider knows, usable or not; <see cref="ProviderTemplate.Unusable"/> says why not.</summary>
    Task<IReadOnlyList<ProviderTemplate>> GetTemplatesAsync(ProviderConnection connection, CancellationToken cancellation);

    /// <summary>
    /// Hands one order over. Each call that changes something outside is a step of the ledger, so that calling this again after a crash
    /// goes on where it stopped: a step that was accepted is not repeated, a step of unknown outcome stops the push.
    /// </summary>
    /// <param name="recipients">The chunks that have no accepted step yet; those that have one may be left out.</param>
    Task SendAsync(ProviderConnection connection, SendOrder order, IAsyncEnumerable<RecipientChunk> recipients, ILedger ledger, CancellationToken cancellation);

    /// <summary>
    /// Sends to at most <see cref="AtOnceSends.Recipients"/> people at once, in one call that is made at most once: it is repeated only where it surely
    /// had no effect. What <see cref="ProviderInfo.Pace"/> limits, the caller keeps to.
    /// </summary>
    Task<StepAnswer> SendNowAsync(ProviderConnection connection, TriggeredSend send, CancellationToken cancellation) =>
        Task.FromException<StepAnswer>(new ProviderException(ProviderFault.Misconfigured, $"{Info.Name} sends to lists only; nothing can be sent through it at once."));

    /// <summary>Real field names of the attributes whose values go along with whom <see cref="SendNowAsync"/> sends to, as the connection's settings name them.</summary>
    IReadOnlyList<string> TriggerAttributesOf(object settings) => [];

    /// <summary>Asks the provider about each step of unknown outcome and settles those it can answer; what remains unknown needs a person.</summary>
    Task ReconcileAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation);

    /// <summary>Takes back at the provider what has not gone out yet, as far as the provider allows.</summary>
    Task<CancelResult> CancelAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation);

    /// <summary>The figures so far, or null while the provider has none yet.</summary>
    Task<MetricsReading?> GetMetricsAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation);

    /// <summary>Removes helper objects (lists, segments) that the provider keeps for an order whose metrics week is over.</summary>
    Task CleanUpAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation);
}
