using System.Globalization;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Badges;

namespace Optimove.Portal.Customers.Explorer;

/// <summary>What became of one customer in one campaign that considered them, from the recipient row and the ledger.</summary>
/// <param name="Fate">send, control or excluded.</param>
/// <param name="Reason">Why excluded.</param>
/// <param name="Rejection">Why the provider refused this person.</param>
/// <param name="Step">State of the call that carried them: Planned, InFlight, Accepted, Refused, Unknown or Cancelled; null before the hand-over.</param>
public sealed record HistoryLine(
    int CampaignId, string Campaign, DateOnly Date, DateTimeOffset SendAt, string Zone, string State,
    string Fate, string? Reason, string Provider, string? Rejection, string? Step)
{
    /// <summary>What a program told of the promotion; null where nothing was told.</summary>
    public string? PromotionStatus { get; init; }
    public DateTimeOffset? PromotionToldAt { get; init; }
    /// <summary>The same as a sentence.</summary>
    public string? Promotion => PromotionToldAt is { } at ? $"Promotion: {PromotionStatus}, told {Format.DateAndTime(at, TimeZoneInfo.FindSystemTimeZoneById(Zone))}." : null;

    /// <summary>The fate in one plain sentence.</summary>
    public string Sentence => Fate switch
    {
        "excluded" => $"Excluded from {Campaign} on {Day}: {Reason}.",
        "control" => State is "Cancelled" or "Missed" ? $"In the control of {Campaign} on {Day}, which did not go out." : $"In the control of {Campaign} on {Day}: got nothing on purpose.",
        _ when Rejection is not null => $"Rejected for {Campaign} on {Day}: {Rejection}.",
        _ => Step switch
        {
            "Accepted" => Accepted,
            "InFlight" => $"Being handed over to {Provider} for {Campaign} on {Day}.",
            "Unknown" => $"May or may not have {Campaign} of {Day}: {Provider} gave no answer. Nothing is sent again by itself.",
            "Refused" => $"Not handed over for {Campaign} on {Day}: {Provider} refused the call.",
            "Cancelled" => $"Was to get {Campaign} on {Day}; cancelled at {Provider}.",
            _ => Waiting,
        },
    };

    /// <summary>A word for the fate, with its colour.</summary>
    public (string Word, Tone Tone) Mark => Fate switch
    {
        "excluded" => ("Excluded", Tone.Idle),
        "control" => ("Control", Tone.Idle),
        _ when Rejection is not null => ("Rejected", Tone.Warn),
        _ => (Step, State) switch
        {
            (_, "Cancelled") or ("Cancelled", _) => ("Cancelled", Tone.Idle),
            ("Accepted", "Measuring" or "Closed") => ("Sent", Tone.Good),
            ("Accepted", _) => ("Accepted", Tone.Good),
            ("Unknown", _) => ("No answer", Tone.Warn),
            ("Refused", _) => ("Not handed over", Tone.Warn),
            (_, "Missed") => ("Missed", Tone.Bad),
            (_, "Held") => ("Held", Tone.Warn),
            _ => ("On the list", Tone.Busy),
        },
    };

    private string Accepted => State switch
    {
        "Cancelled" => $"Was handed over to {Provider} for {Campaign} on {Day}; cancelled before it went out.",
        "Measuring" or "Closed" => $"Got {Campaign}: handed over to {Provider} for {When}, accepted.",
        _ => $"Handed over to {Provider} for {Campaign}, {When}, accepted.",
    };

    private string Waiting => State switch
    {
        "Cancelled" => $"Was to get {Campaign} on {Day}; cancelled before anything went out.",
        "Missed" => $"Was to get {Campaign} on {Day}; its time passed and nothing went out.",
        "Held" => $"On the list of {Campaign} for {When}, which is on hold.",
        _ => $"On the list of {Campaign} for {When}; not handed over yet.",
    };

    private string Day => Date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
    private string When => Format.DateAndTime(SendAt, TimeZoneInfo.FindSystemTimeZoneById(Zone));
}
