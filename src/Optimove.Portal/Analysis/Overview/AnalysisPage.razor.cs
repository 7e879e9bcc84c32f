using Microsoft.AspNetCore.Components;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Providers;
using Optimove.Portal.Statistics;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Charts;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Analysis.Overview;

/// <summary>What each occurrence was worth, on one scale.</summary>
public sealed partial class AnalysisPage
{
    private const int PageSize = 20;

    private GridQuery _query = new("", false, 1, PageSize);
    private Axis _scale = Axis.HoldingIntervals([]);
    private Kpi _scaleKpi;
    private HashSet<int> _standing = [];

    [Inject] private ResultQueries Queries { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";
    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }

    private bool Filtered => !string.IsNullOrEmpty(Q) || !string.IsNullOrEmpty(State);

    private async Task<PageOf<Result>> ReadAsync(CancellationToken cancellation)
    {
        _query = GridQuery.Read(Navigation.Uri, ResultQueries.Sortable, PageSize);
        var page = await Queries.ListAsync(Q, State, _query, cancellation);
        // One scale holds one unit; what is counted in the other has its figures beside it.
        _scaleKpi = page.Items.Count(r => r.Unit.Kpi == Kpi.Purchases) > page.Items.Count / 2 ? Kpi.Purchases : Kpi.Revenue;
        _scale = Axis.HoldingIntervals(page.Items.Where(r => r.Unit.Kpi == _scaleKpi).Select(r => r.ShownInterval).OfType<Interval>().Select(i => (i.Lower, i.Upper)));
        var tested = page.Items.Where(r => r.P is not null).ToArray();
        var adjusted = Multiplicity.BenjaminiHochberg([.. tested.Select(r => r.P!.Value)]);
        _standing = [.. tested.Where((_, i) => adjusted[i] < 0.05).Select(r => r.Occurrence.Id)];
        return page;
    }

    private static string Summary(PageOf<Result> page)
    {
        var closed = page.Items.Where(r => r.IsClosed).ToArray();
        return closed.Length == 0
            ? "No window has closed yet; figures carry \"so far\"."
            : $"{closed.Count(r => r.Verdict.Kind == VerdictKind.Proven)} of {Format.Count(closed.Length, "closed result")} {(page.Total > page.Items.Count ? "on this page " : "")}proven.";
    }

    private string ScaleNote(PageOf<Result> page) => page.Items.FirstOrDefault(r => r.Unit.Kpi == _scaleKpi) is { Unit: var unit }
        ? $"all intervals on one scale, {unit.Tick(_scale.From)} to {unit.Tick(_scale.To)}; the dotted line is 0" : "";

    private bool Alone(PageOf<Result> page, Result result) =>
        page.Items.Count > 1 && result.Verdict.Kind == VerdictKind.Proven && !_standing.Contains(result.Occurrence.Id);

    private static string ManyNote(PageOf<Result> page)
    {
        var tested = page.Items.Count(r => r.P is not null);
        return "Of 20 campaigns without any effect, one would look proven by chance." + (tested < 2 ? ""
            : $" Verdicts that would not hold when the {tested} closed results here are read together (Benjamini-Hochberg, 5\u00A0%) say so.");
    }

    private static string Window(Result result) => result.IsClosed
        ? $"{Format.Count(result.Occurrence.MeasurementDays, "day")}, closed"
        : $"day {result.Measured.Days.Count - 1} of {result.Occurrence.MeasurementDays}, so far";

    private static string Delivered(Result result) => result.LastReading switch
    {
        _ when !result.Provider.Metrics.Contains(MetricKind.Delivered) => "not offered",
        { Delivered: { } delivered } pull when (pull.Sent ?? result.Occurrence.Accepted) is > 0 and var sent => Format.Percent((double)delivered / sent),
        _ => "not read yet",
    };

    private static string Opened(Result result) => result.LastReading switch
    {
        _ when !result.Provider.Metrics.Contains(MetricKind.UniqueOpens) => "opens not offered",
        { UniqueOpens: { } opens, Delivered: > 0 and var delivered } => $"{Format.Percent((double)opens / delivered)} opened",
        _ => "",
    };
}
