using System.Globalization;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Analysis.Report;

/// <summary>What one occurrence was worth, and why that may be believed.</summary>
public sealed partial class ResultPage
{
    [Inject] private ResultQueries Queries { get; set; } = default!;
    [Inject] private CountPeople People { get; set; } = default!;
    [Inject] private DuplicateCampaign Duplicate { get; set; } = default!;
    [Parameter] public int CampaignId { get; set; }
    [SupplyParameterFromQuery] private string? Occurrence { get; set; }
    [SupplyParameterFromQuery] private string? Tab { get; set; }
    [SupplyParameterFromQuery] private int? Raw { get; set; }

    private string Part => Tab is "delivery" or "people" or "decided" ? Tab : "";

    private async Task<ResultView?> ReadAsync(CancellationToken cancellation)
    {
        DateOnly? date = DateOnly.TryParseExact(Occurrence, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        if (Occurrence is not null && date is null || await Queries.FindAsync(CampaignId, date, cancellation) is not { } result) return null;
        return new(result, await Queries.DatesAsync(CampaignId, cancellation), await People.RunAsync(result.Occurrence, cancellation), Heartbeat.Of(result, Tenant, Now));
    }

    // A copy with everything but the date; the first step shows what share of control would prove the effect.
    private async Task RepeatAsync()
    {
        var copy = 0;
        if (await TryAsync(async () => copy = await Duplicate.RunAsync(CampaignId))) Navigation.NavigateTo(Urls.EditCampaign(Slug, copy, "what-counts"));
    }

    private string Subtitle(ResultView view)
    {
        var o = view.Result.Occurrence;
        var window = $"{Format.Count(o.MeasurementDays, "day")}";
        return $"Sent {Format.DateAndTime(o.SendAt, Zone)} · " + (view.Result.IsClosed
            ? $"measured for {window}, closed {Format.ShortMoment(o.MeasuredUntil, Zone)}"
            : $"purchases count for {window}, until {Format.ShortMoment(o.MeasuredUntil, Zone)}");
    }

    private IReadOnlyList<Tab> TabsOf(Occurrence o) =>
    [
        new("Result", AnalysisUrls.Result(Slug, o), Part == ""),
        new("Delivery", AnalysisUrls.Result(Slug, o, "delivery"), Part == "delivery"),
        new("People", AnalysisUrls.Result(Slug, o, "people"), Part == "people"),
        new("What was decided", AnalysisUrls.Result(Slug, o, "decided"), Part == "decided"),
    ];
}

/// <summary>What the page of one result shows.</summary>
/// <param name="Dates">All dates on which the campaign went out, the newest first.</param>
public sealed record ResultView(Result Result, IReadOnlyList<DateOnly> Dates, PeopleCounts People, Heartbeat Pulse);
