using Optimove.Portal.Ui.Badges;

namespace Optimove.Portal.Customers.Explorer.Decisions;

/// <summary>What a triggered campaign decided about one customer who met its trigger.</summary>
/// <param name="Fate">sent, control or excluded.</param>
/// <param name="Reason">Why excluded.</param>
/// <param name="Message">State of the message to a provider: waiting, in_flight, accepted, refused, unknown or given_up; null where a partner was told.</param>
/// <param name="Why">What was said when the message was refused, given up or put off.</param>
/// <param name="Limited">How often the customer met it since then, too early to enter again.</param>
public sealed record DecisionLine(int CampaignId, string Campaign, DateTimeOffset At, string Fate, string? Reason, string? Message, string? Provider, string? Why, int Limited)
{
    /// <summary>The decision in one plain sentence.</summary>
    public string Sentence => Limited == 0 ? Fated : $"{Fated} Met it {Ui.Format.Count(Limited, "more time", "more times")} since then, too early to enter again.";

    private string Fated => Fate switch
    {
        "excluded" => $"Met the trigger of {Campaign} and was left out: {Reason}.",
        "control" => $"Met the trigger of {Campaign} and is in its control: got nothing on purpose.",
        _ => Message switch
        {
            null => $"Met the trigger of {Campaign}: passed on at once.",
            "waiting" => $"Met the trigger of {Campaign}; waits to be handed over to {Provider}.{Because}",
            "in_flight" => $"Met the trigger of {Campaign}; is being handed over to {Provider}.",
            "accepted" => $"Met the trigger of {Campaign}; {Provider} took the message.",
            "refused" => $"Met the trigger of {Campaign}; {Provider} refused the message.{Because}",
            "unknown" => $"May or may not have the message of {Campaign}: {Provider} gave no answer. Nothing is sent again by itself.",
            _ => $"Met the trigger of {Campaign}; nothing was sent.{Because}",
        },
    };

    /// <summary>A word for it, with its colour.</summary>
    public (string Word, Tone Tone) Mark => Fate switch
    {
        "excluded" => ("Excluded", Tone.Idle),
        "control" => ("Control", Tone.Idle),
        _ => Message switch
        {
            null => ("Passed on", Tone.Good),
            "accepted" => ("Accepted", Tone.Good),
            "waiting" or "in_flight" => ("On its way", Tone.Busy),
            "refused" => ("Refused", Tone.Warn),
            "unknown" => ("No answer", Tone.Warn),
            _ => ("Not sent", Tone.Warn),
        },
    };

    private string Because => Why is null ? "" : $" {Why}";
}
