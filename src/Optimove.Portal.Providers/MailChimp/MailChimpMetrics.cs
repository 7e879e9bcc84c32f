namespace Optimove.Portal.Providers.MailChimp;

internal static class MailChimpMetrics
{
    /// <summary>MailChimp has no delivered count: it is what was sent less hard bounces, soft bounces and syntax errors.</summary>
    public static MetricsReading Read(ReportAnswer report, string raw)
    {
        var bounced = (report.Bounces?.HardBounces + report.Bounces?.SoftBounces + report.Bounces?.SyntaxErrors) ?? 0;
        return new MetricsReading(
            Sent: report.EmailsSent,
            Delivered: report.EmailsSent - bounced,
            Bounced: bounced,
            UniqueOpens: report.Opens?.UniqueOpens,
            TotalOpens: report.Opens?.OpensTotal,
            // unique_clicks counts links, unique_subscriber_clicks counts people.
            UniqueClicks: report.Clicks?.UniqueSubscriberClicks ?? report.Clicks?.UniqueClicks,
            TotalClicks: report.Clicks?.ClicksTotal,
            Unsubscribed: report.Unsubscribed,
            Complaints: report.AbuseReports,
            Raw: raw);
    }
}
