using Optimove.Portal.Metrics.Triggered;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Charts.Bars;

namespace Optimove.Portal.Analysis.Triggered;

/// <summary>What became of a triggered campaign's messages.</summary>
/// <param name="Line">The campaign with its decisions.</param>
/// <param name="Channel">Name of the partner channel or connection; null while none is chosen.</param>
/// <param name="Figures">What the partner posted.</param>
public sealed record TriggeredOutcome(TriggeredLine Line, string? Channel, TriggeredFigures Figures)
{
    private const string NotYet = "not told yet";

    /// <summary>What a provider did with the messages; null where a partner is told.</summary>
    public HandedOver? HandedOver { get; init; }

    /// <summary>"88.1 %", or why there is no such share.</summary>
    public string Delivered => HandedOver is not null ? "not collected" : ShareOf(Figures.Delivered, Messages(Figures.Sent) ?? Line.Sent);
    public string Opened => HandedOver is not null || Figures.UniqueOpens is null ? "" : $"{ShareOf(Figures.UniqueOpens, Messages(Figures.Delivered) ?? Messages(Figures.Sent) ?? Line.Sent)} opened";

    /// <summary>The messages as bars, each with its denominator. What nobody told is said and never 0.</summary>
    public IReadOnlyList<FunnelRow> Rows() => HandedOver is { } handed ? Rows(handed) : Posted();

    private FunnelRow[] Rows(HandedOver handed)
    {
        var none = $"not collected from {Channel} for messages that go out one by one";
        var open = Line.Sent - handed.Accepted - handed.Refused - handed.GivenUp;
        return
        [
            Whole,
            new("Handed over", handed.Accepted, Line.Sent, $"of {Format.Number(Line.Sent)}; {(handed.Refused == 0 ? $"{Channel} refused none" : $"{Channel} refused {Format.Number(handed.Refused)}")}, {Format.Number(handed.GivenUp)} given up{(open > 0 ? $", {Format.Number(open)} waiting or without an answer" : "")}"),
            new("Delivered", null, null, none), new("Unique opens", null, null, none), new("Unique clicks", null, null, none),
        ];
    }

    private FunnelRow[] Posted()
    {
        var of = Messages(Figures.Sent) is { } sent ? (Count: sent, Noun: "sent") : (Count: Line.Sent, Noun: "that the partner was told of");
        var reached = Messages(Figures.Delivered) is { } delivered ? (Count: delivered, Noun: "delivered") : of;
        return
        [
            Whole,
            Row("Sent", Figures.Sent, (Line.Sent, "that the partner was told of")), Row("Delivered", Figures.Delivered, of),
            Row("Unique opens", Figures.UniqueOpens, reached), Row("Unique clicks", Figures.UniqueClicks, reached), Row("Unsubscribed", Figures.Unsubscribed, reached), Row("Bounces", Figures.Bounced, of),
            .. Figures.Dropped is { Value: > 0 } ? [Row("Dropped", Figures.Dropped, of)] : Array.Empty<FunnelRow>(),
            .. Figures.Complaints is { Value: > 0 } ? [Row("Complaints", Figures.Complaints, reached)] : Array.Empty<FunnelRow>(),
        ];
    }

    private FunnelRow Whole => new("Messages", Line.Sent, null, "times that somebody met the trigger and was to get it; control not counted");

    private FunnelRow Row(string label, TriggeredFigure? told, (long Count, string Noun) of) => told switch
    {
        null => new(label, null, null, Figures.LastAt is null ? NotYet : "the partner told no figure"),
        { IsPeople: true, Value: var people } => new(label, people, null, "customers, counted from what was told of each"),
        { Value: var messages } => new(label, messages, of.Count, $"of {Format.Number(of.Count)} {of.Noun}"),
    };

    // What is counted in customers is no whole of which messages are a part.
    private static long? Messages(TriggeredFigure? figure) => figure is { IsPeople: false, Value: var value } ? value : null;

    private static string ShareOf(TriggeredFigure? told, long of) => told switch
    {
        { IsPeople: true, Value: var people } => Format.Count(people, "customer"),
        { Value: var value } when of > 0 => Format.Percent((double)value / of),
        _ => NotYet,
    };
}

/// <summary>How many messages a provider took, how many it refused, and how many were given up.</summary>
public sealed record HandedOver(long Accepted, long Refused, long GivenUp);
