using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Metrics;
using Optimove.Portal.Providers;
using Optimove.Portal.Statistics;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Metrics;

namespace Optimove.Portal.Tests.Analysis;

/// <summary>Results for tests of what is drawn: sent on 14 May 2026 at 10:00 in Paris, 36,512 test and 4,021 control customers.</summary>
internal static class Results
{
    public static readonly DateTimeOffset SendAt = new(2026, 5, 14, 8, 0, 0, TimeSpan.Zero);

    public static Result Of(OccurrenceState state = OccurrenceState.Closed, DateTimeOffset? now = null, ProviderInfo? provider = null, Measurement? measured = null, params MetricPull[] pulls)
    {
        measured ??= Measured(new(36_512, 2_790, 161_768, 9_000_000), new(4_021, 257, 14_290, 600_000));
        var o = new Occurrence
        {
            Id = 5, CampaignId = 42, Campaign = new() { Id = 42, Name = "VIP early access", CreatedBy = "Sofia", ScheduledBy = "Sofia" }, Date = new(2026, 5, 14), SendAt = SendAt, Zone = "Europe/Paris", DispatchId = "opt-1",
            State = state, ControlShare = 0.1m, MeasurementDays = 30, Considered = 40_600, Excluded = 67, Control = 4_021, Accepted = 36_498, Rejected = 14, ListedAt = SendAt.AddHours(-8),
        };
        var unit = new Unit(Kpi.Revenue, "EUR");
        var (verdict, inData) = Result.Judge(o, measured, MeasuringHouse.First.DayOf(now ?? SendAt.AddDays(31)), unit, MeasuringHouse.First.Zone);
        return new(o, "VIP and rising", "Early access", provider ?? StandInProvider.StandIn, pulls, measured, verdict, inData, unit);
    }

    public static Measurement Measured(GroupTotals test, GroupTotals control, double topShare = 0.19) =>
        new(test, control, test.Customers, control.Customers, [new(0, new(test.Customers, 0, 0, 0), new(control.Customers, 0, 0, 0)), new(1, test, control)], null, test, control, topShare);

    public static MetricPull Read(int day, long opens, long? delivered = 35_961) => new()
    {
        Day = day, State = PullState.Read, Tries = 1, PulledAt = SendAt.AddDays(day).AddHours(-3), Sent = 36_498, Delivered = delivered, UniqueOpens = opens, UniqueClicks = opens / 4, Raw = """{"opens":1}""",
    };

    public static MetricPull Gap(int day) => new() { Day = day, State = PullState.Gap, Tries = 3, PulledAt = SendAt.AddDays(day).AddHours(-1), Sentence = "StandIn answered 503." };
}
