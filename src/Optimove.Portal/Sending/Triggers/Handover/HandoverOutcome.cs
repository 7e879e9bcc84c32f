using Optimove.Portal.Providers;

namespace Optimove.Portal.Sending.Triggers.Handover;

/// <summary>What became of the messages of a call: accepted, refused, unknown, or waiting for another try.</summary>
internal sealed record HandoverOutcome(string State)
{
    public string? ProviderId { get; private init; }
    public string? Sentence { get; private init; }
    /// <summary>Each is tried by itself from now on.</summary>
    public bool Alone { get; private init; }
    public Backoff Again { get; private init; } = Backoff.None;
    /// <summary>Those of an accepted call whom the provider left out.</summary>
    public IReadOnlyList<Rejection> Refused { get; private init; } = [];

    public static HandoverOutcome Of(StepAnswer answer) => new("accepted") { ProviderId = answer.ProviderId, Refused = answer.Rejections ?? [] };

    /// <param name="people">How many the call carried.</param>
    public static HandoverOutcome Of(ProviderException fault, int people) => fault switch
    {
        { MayRepeat: true } => new("waiting") { Sentence = fault.Message, Again = Backoff.Soon with { AtLeast = fault.RetryAfter ?? TimeSpan.Zero } },
        { Fault: ProviderFault.UnknownOutcome } => new("unknown") { Sentence = fault.Message },
        // One of them may be the reason; the others are to have their message.
        { Fault: ProviderFault.Rejected } when people > 1 => new("waiting") { Sentence = fault.Message, Alone = true },
        { Fault: ProviderFault.Rejected } => new("refused") { Sentence = fault.Message },
        _ => Blocked(fault.Message),
    };

    /// <summary>A person must act before anything can be sent.</summary>
    public static HandoverOutcome Blocked(string sentence) => new("waiting") { Sentence = sentence, Again = Backoff.Slow };
}

/// <summary>When a message is tried again: after <paramref name="First"/>, twice as long each time, up to <paramref name="Longest"/>, and not before <paramref name="AtLeast"/>.</summary>
internal sealed record Backoff(TimeSpan First, TimeSpan Longest, TimeSpan AtLeast)
{
    public static Backoff None { get; } = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
    public static Backoff Soon { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1), TimeSpan.Zero);
    public static Backoff Slow { get; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.Zero);
}
