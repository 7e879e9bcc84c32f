using System.Globalization;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Metrics;
using Optimove.Portal.Shell.Exports;
using Optimove.Portal.Statistics;

namespace Optimove.Portal.Analysis.Export;

/// <summary>Writes the figures of a result as CSV: the groups, the comparison, delivery, each reading, each day. What a provider does not offer is empty, never 0.</summary>
public sealed class ExportFigures
{
    public async Task RunAsync(Result result, TextWriter writer)
    {
        var (csv, o) = (new SafeCsv(writer), result.Occurrence);
        await csv.WriteAsync("campaign", "occurrence", "currency", "kpi", "measurement days", "planned control share", "state", "verdict");
        await csv.WriteAsync(o.Campaign.Name, o.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), result.Unit.Currency, o.Kpi.ToString(), N(o.MeasurementDays), N((double)o.ControlShare), o.State.ToString(), result.Verdict.Label);
        await csv.WriteAsync();
        await csv.WriteAsync("group", "customers", "responders", "response rate", "sum", "sum of squares", "per responder", "per customer");
        await GroupAsync(csv, "test", result.Measured.Test);
        await GroupAsync(csv, "control", result.Measured.Control);
        await csv.WriteAsync();
        await CompareAsync(csv, result);
        await DeliveryAsync(csv, result);
        await csv.WriteAsync("day of window", "test responders", "test sum", "control responders", "control sum");
        foreach (var day in result.Measured.Days) await csv.WriteAsync(N(day.Day), N(day.Test.Responders), N(day.Test.Sum), N(day.Control.Responders), N(day.Control.Sum));
    }

    private static Task GroupAsync(SafeCsv csv, string name, GroupTotals g) =>
        csv.WriteAsync(name, N(g.Customers), N(g.Responders), N(g.ResponseRate), N(g.Sum), N(g.SumOfSquares), N(g.PerResponder), N(g.PerCustomer));

    private static async Task CompareAsync(SafeCsv csv, Result result)
    {
        var f = result.Figures;
        var rates = result.ShownInterval is null ? null : f.RateInterval;
        await csv.WriteAsync("figure", "value", "lower 95 %", "upper 95 %", "p");
        await csv.WriteAsync("increase", N(f.Increase), N(result.ShownInterval?.Lower), N(result.ShownInterval?.Upper), N(result.P));
        await csv.WriteAsync("difference of response rates", N(f.RateDifference), N(rates?.Lower), N(rates?.Upper), N(result.P is null ? null : f.RateTest?.P));
        await csv.WriteAsync("control share", N(result.Verdict.Split.ControlShare), null, null, N(result.Verdict.Split.P));
        await csv.WriteAsync();
    }

    private static async Task DeliveryAsync(SafeCsv csv, Result result)
    {
        var o = result.Occurrence;
        await csv.WriteAsync("considered", "excluded", "control", "accepted", "rejected", "unknown");
        await csv.WriteAsync(N(o.Considered), N(o.Excluded), N(o.Control), N(o.Accepted), N(o.Rejected), N(o.Unknown));
        await csv.WriteAsync();
        await csv.WriteAsync("pull", "state", "read at (UTC)", "sent", "delivered", "bounced", "unique opens", "opens", "unique clicks", "clicks", "unsubscribed", "complaints", "reason");
        foreach (var p in result.Pulls)
        {
            await csv.WriteAsync(N(p.Day), p.State.ToString(), p.State == PullState.Read ? p.PulledAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : null,
                N(p.Sent), N(p.Delivered), N(p.Bounced), N(p.UniqueOpens), N(p.TotalOpens), N(p.UniqueClicks), N(p.TotalClicks), N(p.Unsubscribed), N(p.Complaints), p.Sentence);
        }
        await csv.WriteAsync();
    }

    private static string? N(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? N(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("0.######", CultureInfo.InvariantCulture) : null;
}
