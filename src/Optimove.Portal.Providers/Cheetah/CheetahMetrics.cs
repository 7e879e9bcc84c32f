namespace Optimove.Portal.Providers.Cheetah;

internal static class CheetahMetrics
{
    /// <summary>The table of the guide: Sent, Received = Delivered, MessageOpens = Unique Opens, MessageClicks = Unique Clicks, Unsubs = Unique Unsubscribes.</summary>
    public static MetricsReading Read(CheetahFigures figures, string raw) => new(
        Sent: figures.Sent,
        Delivered: figures.Received,
        Bounced: null,
        UniqueOpens: figures.MessageOpens,
        TotalOpens: null,
        UniqueClicks: figures.MessageClicks,
        TotalClicks: null,
        Unsubscribed: figures.Unsubs,
        Complaints: null,
        Raw: raw);
}
