using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Metrics;
using Optimove.Portal.Providers;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Charts.Bars;

namespace Optimove.Portal.Analysis.Report;

/// <summary>The delivery figures as bars, each with its denominator. What a provider does not offer, or what nobody read yet, is said and never 0.</summary>
public static class DeliveryRows
{
    public static IReadOnlyList<FunnelRow> Of(Result result)
    {
        var (o, pull) = (result.Occurrence, result.LastReading);
        var sent = Sent(result, pull);
        var of = (Count: sent.Value, Noun: sent.Label == "Sent" ? "sent" : "handed over");
        var delivered = Row(result, MetricKind.Delivered, "Delivered", pull?.Delivered, of.Count, of.Noun);
        var reached = delivered.Value is { } count ? (Count: count, Noun: "delivered") : of;
        return
        [
            new("Test customers", o.ToSend, null, "assigned; control not counted"),
            sent,
            delivered,
            Row(result, MetricKind.UniqueOpens, "Unique opens", pull?.UniqueOpens, reached.Count, reached.Noun),
            Row(result, MetricKind.UniqueClicks, "Unique clicks", pull?.UniqueClicks, reached.Count, reached.Noun),
            Row(result, MetricKind.Unsubscribed, "Unsubscribed", pull?.Unsubscribed, reached.Count, reached.Noun),
            Row(result, MetricKind.Bounced, "Bounces", pull?.Bounced, of.Count, of.Noun),
        ];
    }

    /// <summary>"Click-to-open: 2,877 of 12,043 opens, 23.9 %." or null without both figures.</summary>
    public static string? ClickToOpen(MetricPull? pull) => pull is { UniqueOpens: > 0 and var opens, UniqueClicks: { } clicks }
        ? $"Click-to-open: {Format.Number(clicks)} of {Format.Number(opens)} opens, {Format.Percent((double)clicks / opens)}."
        : null;

    private static FunnelRow Sent(Result result, MetricPull? pull)
    {
        var o = result.Occurrence;
        var rejected = o.Rejected == 0 ? $"{result.Provider.Name} rejected nobody" : $"{result.Provider.Name} rejected {Format.Number(o.Rejected)}";
        return result.Provider.Metrics.Contains(MetricKind.Sent) && pull?.Sent is { } sent
            ? new("Sent", sent, o.ToSend, $"of {Format.Number(o.ToSend)}; {rejected}")
            : new("Handed over", o.Accepted, o.ToSend, $"of {Format.Number(o.ToSend)}; {rejected}");
    }

    private static FunnelRow Row(Result result, MetricKind kind, string label, long? value, long? of, string noun) =>
        !result.Provider.Metrics.Contains(kind) ? new(label, null, null, $"not offered by {result.Provider.Name}")
        : value is { } count ? new(label, count, of, of is { } whole ? $"of {Format.Number(whole)} {noun}" : "")
        : new(label, null, null, result.LastReading is null ? "not read yet" : $"{result.Provider.Name} gave no figure");
}
