using System.Globalization;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Metrics;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Charts;
using PullLook = Optimove.Portal.Ui.Charts.PullState;
using PullState = Optimove.Portal.Metrics.PullState;

namespace Optimove.Portal.Analysis.Report;

/// <summary>The seven daily readings of an occurrence as they are drawn, and what is to be said about them.</summary>
/// <param name="Reasons">Why days are missing, and figures that fell; a sentence each.</param>
/// <param name="Day">The day of collecting that runs, 1 to 7; null before the first and after the last.</param>
public sealed record Heartbeat(IReadOnlyList<Pull> Pulls, IReadOnlyList<string> Reasons, int? Day)
{
    public int Read => Pulls.Count(p => p.State is PullLook.Complete or PullLook.Late);
    public int Gaps => Pulls.Count(p => p.State is PullLook.Gap);
    public bool IsOver => Pulls.All(p => p.State is not PullLook.Waiting);
    public bool HasLateChange => Pulls.Any(p => p.State is PullLook.Late);

    public static Heartbeat Of(Result result, TenantScope tenant, DateTimeOffset now)
    {
        var (pulls, reasons) = (new List<Pull>(), new List<string>());
        MetricPull? before = null;
        for (var day = 1; day <= CollectMetrics.Days; day++)
        {
            var pull = result.Pulls.FirstOrDefault(p => p.Day == day);
            var fell = pull is { State: PullState.Read } && before is not null ? Fallen(before, pull) : [];
            pulls.Add(Drawn(result, pull, day, fell.Count > 0, tenant));
            if (pull is { State: PullState.Gap }) reasons.Add($"Day {day} is a gap: {pull.Sentence}{Tried(pull, tenant)}{(LaterRead(result, day) is { } later ? $" Day {later} holds its figures too." : "")}");
            if (pull is { State: PullState.Failed or PullState.NotYet, Sentence: { } sentence }) reasons.Add($"Day {day}: {sentence}{Tried(pull, tenant)}");
            reasons.AddRange(fell.Select(f => $"Day {day}: {f}. {result.Provider.Name} changed it afterwards; both readings are kept."));
            if (pull is { State: PullState.Read }) before = pull;
        }
        return new(pulls, reasons, Running(result, tenant, now));
    }

    private static int? Running(Result result, TenantScope tenant, DateTimeOffset now)
    {
        var day = tenant.DayOf(now).DayNumber - tenant.DayOf(result.Occurrence.SendAt).DayNumber;
        return day is >= 1 and <= CollectMetrics.Days && result.Pulls.Count(p => p.State is PullState.Read or PullState.Gap) < CollectMetrics.Days ? day : null;
    }

    private static Pull Drawn(Result result, MetricPull? pull, int day, bool fell, TenantScope tenant) => pull switch
    {
        { State: PullState.Read } => new(day, fell ? PullLook.Late : PullLook.Complete, At(pull.PulledAt, tenant), First(result.Provider, pull), Second(result.Provider, pull)),
        { State: PullState.Gap } => new(day, PullLook.Gap, Date(result, day, tenant), "Gap", pull.Tries == 0 ? "not tried" : Format.Count(pull.Tries, "try", "tries")),
        { State: PullState.Failed } => new(day, PullLook.Waiting, Date(result, day, tenant), "No answer", Format.Count(pull.Tries, "try", "tries")),
        { State: PullState.NotYet, Tries: > 0 } => new(day, PullLook.Waiting, Date(result, day, tenant), "No figures yet", Format.Count(pull.Tries, "try", "tries")),
        _ => new(day, PullLook.Waiting, At(CollectMetrics.DueAt(result.Occurrence, day, tenant), tenant), "due"),
    };

    private static string First(ProviderInfo provider, MetricPull pull) =>
        provider.Metrics.Contains(MetricKind.UniqueOpens) && pull.UniqueOpens is { } opens ? Format.Count(opens, "open")
        : pull.Delivered is { } delivered ? $"{Format.Number(delivered)} delivered"
        : pull.Sent is { } sent ? $"{Format.Number(sent)} sent" : "read";

    private static string? Second(ProviderInfo provider, MetricPull pull) =>
        provider.Metrics.Contains(MetricKind.UniqueClicks) && pull.UniqueClicks is { } clicks ? Format.Count(clicks, "click") : null;

    // Counts since the send can only grow; one that falls was corrected at the provider.
    private static List<string> Fallen(MetricPull before, MetricPull now)
    {
        (string Name, long? Was, long? Is)[] figures =
        [
            ("sent", before.Sent, now.Sent), ("delivered", before.Delivered, now.Delivered), ("bounces", before.Bounced, now.Bounced),
            ("unique opens", before.UniqueOpens, now.UniqueOpens), ("opens", before.TotalOpens, now.TotalOpens),
            ("unique clicks", before.UniqueClicks, now.UniqueClicks), ("clicks", before.TotalClicks, now.TotalClicks),
            ("unsubscribes", before.Unsubscribed, now.Unsubscribed), ("complaints", before.Complaints, now.Complaints),
        ];
        return [.. figures.Where(f => f.Is < f.Was).Select(f => $"{f.Name} fell from {Format.Number(f.Was!.Value)} to {Format.Number(f.Is!.Value)}")];
    }

    private static int? LaterRead(Result result, int day) => result.Pulls.FirstOrDefault(p => p.Day > day && p.State == PullState.Read)?.Day;

    private static string Tried(MetricPull pull, TenantScope tenant) => pull.Tries == 0 ? "" : $" Tried {(pull.Tries == 1 ? "once" : $"{pull.Tries} times")}, last at {Format.Clock(pull.PulledAt, tenant.Zone)}.";

    private static string At(DateTimeOffset moment, TenantScope tenant) =>
        TimeZoneInfo.ConvertTime(moment, tenant.Zone).ToString("ddd d, HH:mm", CultureInfo.InvariantCulture);

    private static string Date(Result result, int day, TenantScope tenant) =>
        tenant.DayOf(result.Occurrence.SendAt).AddDays(day).ToString("ddd d", CultureInfo.InvariantCulture);
}
