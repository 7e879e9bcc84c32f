using System.Globalization;
using System.Text;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Metrics;
using Optimove.Portal.Providers;
using Optimove.Portal.Statistics;

namespace Optimove.Portal.Analysis.Export;

/// <summary>The figures of a result as CSV text: the groups, the comparison, delivery, each reading, each day. What a provider does not offer is empty, never 0.</summary>
public static class ExportFigures
{
    public static string Write(Result result)
    {
        var (text, o) = (new StringBuilder(), result.Occurrence);
        Line(text, "campaign", "occurrence", "currency", "kpi", "measurement days", "planned control share", "state", "verdict");
        Line(text, CsvField.Text(o.Campaign.Name), Day(o.Date), result.Unit.Currency, o.Kpi.ToString(), CsvField.Number(o.MeasurementDays), CsvField.Number((double)o.ControlShare), o.State.ToString(), CsvField.Text(result.Verdict.Label));
        text.Append("\r\n");
        Line(text, "group", "customers", "responders", "response rate", "sum", "sum of squares", "per responder", "per customer");
        Group(text, "test", result.Measured.Test);
        Group(text, "control", result.Measured.Control);
        text.Append("\r\n");
        Compare(text, result);
        Delivery(text, result);
        Line(text, "day of window", "test responders", "test sum", "control responders", "control sum");
        foreach (var day in result.Measured.Days) Line(text, CsvField.Number(day.Day), CsvField.Number(day.Test.Responders), CsvField.Number(day.Test.Sum), CsvField.Number(day.Control.Responders), CsvField.Number(day.Control.Sum));
        return text.ToString();
    }

    private static void Group(StringBuilder text, string name, GroupTotals g) =>
        Line(text, name, CsvField.Number(g.Customers), CsvField.Number(g.Responders), CsvField.Number(g.ResponseRate), CsvField.Number(g.Sum), CsvField.Number(g.SumOfSquares), CsvField.Number(g.PerResponder), CsvField.Number(g.PerCustomer));

    private static void Compare(StringBuilder text, Result result)
    {
        var f = result.Figures;
        var comparable = result.Verdict.Kind != VerdictKind.NoVerdict;
        Line(text, "figure", "value", "lower 95 %", "upper 95 %", "p");
        Line(text, "increase", CsvField.Number(f.Increase), Bound(f.IncreaseInterval?.Lower), Bound(f.IncreaseInterval?.Upper), CsvField.Number(result.P));
        Line(text, "difference of response rates", CsvField.Number(f.RateDifference), Bound(f.RateInterval?.Lower), Bound(f.RateInterval?.Upper), CsvField.Number(result.P is null ? null : f.RateTest?.P));
        Line(text, "split check", CsvField.Number(result.Verdict.Split.ControlShare), "", "", CsvField.Number(result.Verdict.Split.P));
        text.Append("\r\n");

        string Bound(double? bound) => comparable ? CsvField.Number(bound) : "";
    }

    private static void Delivery(StringBuilder text, Result result)
    {
        var o = result.Occurrence;
        Line(text, "considered", "excluded", "control", "accepted", "rejected", "unknown");
        Line(text, CsvField.Number(o.Considered), CsvField.Number(o.Excluded), CsvField.Number(o.Control), CsvField.Number(o.Accepted), CsvField.Number(o.Rejected), CsvField.Number(o.Unknown));
        text.Append("\r\n");
        Line(text, "pull", "state", "read at (UTC)", "sent", "delivered", "bounced", "unique opens", "opens", "unique clicks", "clicks", "unsubscribed", "complaints", "reason");
        foreach (var p in result.Pulls)
        {
            Line(text, CsvField.Number(p.Day), p.State.ToString(), p.State == PullState.Read ? p.PulledAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "",
                CsvField.Number(p.Sent), CsvField.Number(p.Delivered), CsvField.Number(p.Bounced), CsvField.Number(p.UniqueOpens), CsvField.Number(p.TotalOpens),
                CsvField.Number(p.UniqueClicks), CsvField.Number(p.TotalClicks), CsvField.Number(p.Unsubscribed), CsvField.Number(p.Complaints), CsvField.Text(p.Sentence));
        }
        text.Append("\r\n");
    }

    private static void Line(StringBuilder text, params ReadOnlySpan<string> fields) => text.AppendJoin(',', fields).Append("\r\n");

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
