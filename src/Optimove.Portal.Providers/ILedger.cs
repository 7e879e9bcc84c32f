namespace Optimove.Portal.Providers;

/// <summary>
/// The durable record of one order's calls, one row a step. The intent is committed before a call and its answer after it,
/// so that at any moment it is known which calls were surely made, surely not made, or may have been made.
/// </summary>
public interface ILedger
{
    /// <summary>All steps so far with their answers, in the order in which they were first planned.</summary>
    Task<IReadOnlyList<LedgerStep>> ReadAsync(CancellationToken cancellation);

    /// <summary>
    /// Makes a call once. Accepted before: returns the recorded answer without calling. Unknown before: throws <see cref="ProviderException"/>
    /// of kind UnknownOutcome without calling. Else commits the intent, calls, commits the answer. A ProviderException of the call is
    /// recorded as unknown (kind UnknownOutcome) or refused (any other kind) and rethrown; any other exception leaves the step in flight.
    /// Safe to call for different steps at the same time.
    /// </summary>
    /// <param name="step">Name of the step, unique within the order, for example <c>members/12</c>.</param>
    /// <param name="chunk">The chunk of recipients that the step carries, if it carries one.</param>
    Task<StepAnswer> RunAsync(string step, int? chunk, Func<CancellationToken, Task<StepAnswer>> call, CancellationToken cancellation);

    /// <summary>Records what a reconcile found out about a step of unknown outcome.</summary>
    /// <param name="answer">The answer that the call had, or null when the call surely never took effect (it may then be made again).</param>
    Task SettleAsync(string step, StepAnswer? answer, CancellationToken cancellation);

    /// <summary>Marks an accepted step as taken back at the provider.</summary>
    Task CancelledAsync(string step, CancellationToken cancellation);
}

public enum StepState { Planned, InFlight, Accepted, Refused, Unknown, Cancelled }

/// <param name="Sentence">Why it was refused or is unknown.</param>
public sealed record LedgerStep(string Name, int? Chunk, StepState State, StepAnswer? Answer, string? Sentence);

/// <summary>What an accepted call gave: the provider's id for what was made, and the recipients of the chunk that it refused.</summary>
public sealed record StepAnswer(string? ProviderId = null, IReadOnlyList<Rejection>? Rejections = null);

/// <param name="Address">The recipient's address as it was handed over.</param>
/// <param name="Reason">In words for a marketer, for example "not in the MailChimp list".</param>
public sealed record Rejection(string Address, string Reason);
