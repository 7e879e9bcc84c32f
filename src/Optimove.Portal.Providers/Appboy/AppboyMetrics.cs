using System.Globalization;

namespace Optimove.Portal.Providers.Appboy;

internal static class AppboyMetrics
{
    public static readonly IReadOnlySet<MetricKind> Kinds =
        new HashSet<MetricKind> { MetricKind.Sent, MetricKind.Delivered, MetricKind.Bounced, MetricKind.UniqueOpens, MetricKind.TotalOpens };

    /// <summary>
    /// The sums over the days since the send. Appboy calls deliveries what was sent less bounces. Its direct opens are taps on the
    /// notification, which is gone after one; its total opens add the times the app was opened because of it.
    /// </summary>
    public static MetricsReading Read(SeriesAnswer series, string raw, SendOrder order, DateOnly since)
    {
        var days = series.Data?.Where(day => !DateOnly.TryParse(day.Time?.Split('T')[0], CultureInfo.InvariantCulture, out var date) || date >= since).ToList() ?? [];
        var counts = days.SelectMany(day => day.Messages?.Values.SelectMany(variations => variations) ?? []).ToList();
        var (sent, bounced) = (counts.Sum(c => c.Sent ?? 0), counts.Sum(c => c.Bounces ?? 0));
        return new MetricsReading(
            Sent: sent, Delivered: sent - bounced, Bounced: bounced,
            UniqueOpens: counts.Sum(c => c.DirectOpens ?? 0), TotalOpens: counts.Sum(c => c.TotalOpens ?? 0),
            UniqueClicks: null, TotalClicks: null, Unsubscribed: null, Complaints: null,
            Raw: raw, Caveat: Caveat(days.Sum(day => day.UniqueRecipients ?? 0), order, since));
    }

    private static string Caveat(long reached, SendOrder order, DateOnly since) =>
        (reached > order.Recipients
            ? $"Other sends are in these figures: Appboy reached {reached:N0} people with this campaign since {since:yyyy-MM-dd}, and {order.Recipients:N0} were handed over here. " : "")
        + $"Appboy counts per campaign and day, so every send of the same Appboy campaign since {since:yyyy-MM-dd} counts in. Unique opens are taps on the message; total opens add openings of the app because of it.";
}
