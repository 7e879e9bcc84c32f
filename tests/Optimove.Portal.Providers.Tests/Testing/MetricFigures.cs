namespace Optimove.Portal.Providers.Tests.Testing;

public static class MetricFigures
{
    /// <summary>A reading's figures under the kinds that a provider declares.</summary>
    public static IEnumerable<(MetricKind Kind, long? Value)> Figures(MetricsReading reading) =>
    [
        (MetricKind.Sent, reading.Sent),
        (MetricKind.Delivered, reading.Delivered),
        (MetricKind.Bounced, reading.Bounced),
        (MetricKind.UniqueOpens, reading.UniqueOpens),
        (MetricKind.TotalOpens, reading.TotalOpens),
        (MetricKind.UniqueClicks, reading.UniqueClicks),
        (MetricKind.TotalClicks, reading.TotalClicks),
        (MetricKind.Unsubscribed, reading.Unsubscribed),
        (MetricKind.Complaints, reading.Complaints),
    ];
}
