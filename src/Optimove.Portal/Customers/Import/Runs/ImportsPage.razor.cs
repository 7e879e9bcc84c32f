using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Grids;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Customers.Import.Runs;

public sealed partial class ImportsPage
{
    private Page<ImportsView>? _page;
    private GridQuery _query = new("", false, 1, 15);

    [Inject] private ImportQueries Queries { get; set; } = default!;
    [Inject] private AttributeQueries Attributes { get; set; } = default!;
    [Inject] private IOptions<ImportOptions> Options { get; set; } = default!;
    [Inject] private TenantContext Tenant { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";
    [SupplyParameterFromQuery] private string? Kind { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }

    private TimeZoneInfo Zone => Tenant.Current.Zone;

    private async Task<ImportsView> ReadAsync(CancellationToken cancellation)
    {
        _query = GridQuery.Read(Navigation.Uri, [], pageSize: 15);
        ImportKind? kind = Enum.TryParse<ImportKind>(Kind, out var k) ? k : null;
        ImportState? state = Enum.TryParse<ImportState>(State, out var s) ? s : null;
        var runs = await Queries.ListAsync(kind, state, _query, cancellation);
        var held = (await Queries.OpenAsync(cancellation)).Where(r => r.State == ImportState.Held).ToList();
        var folder = Options.Value.Root.Length == 0 ? null : Path.Combine(Options.Value.Root, Slug);
        var inUse = await Queries.InUseAsync(cancellation);
        return new(runs, held, inUse, await Attributes.AllAsync(cancellation), folder, IsFirst: runs.Total == 0 && kind is null && state is null);
    }

    private void Filter(string name, ChangeEventArgs e) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        [name] = string.IsNullOrEmpty(e.Value as string) ? null : e.Value, ["page"] = null,
    }));

    private static long? Counted(ImportLine run, long rows) => run.State is ImportState.Done or ImportState.Held || run.Decision != ImportDecision.None ? rows : null;

    private static long? Known(ImportLine run) => run.Kind == ImportKind.Transactions ? Counted(run, run.RowsKnown) : null;

    private static string? Newest(ImportsView view)
    {
        var parts = view.InUse.Select(r => $"{r.Kind.InWords()} of {Format.DayMonth(r.DataDate)}: {Format.Count(r.RowsLoaded, "row")}");
        return view.InUse.Count == 0 ? "The files that say who the customers are and what they bought." : $"In use: {string.Join("; ", parts)}.";
    }

    private static string Outcome(ImportLine run) => run.State switch
    {
        ImportState.Running => $"{Format.Count(run.RowsRead, "row")} so far",
        ImportState.Done => run.RowsRejected == 0 ? "Every row is in" : $"{Format.ShortPercent((double)run.RowsRejected / run.RowsRead)} rejected",
        _ => run.Sentence ?? "",
    };
}

/// <summary>What the imports page shows.</summary>
/// <param name="InUse">The newest good customers and transactions.</param>
/// <param name="Folder">The watched folder on the server; null where there is none.</param>
/// <param name="IsFirst">No file has ever come.</param>
public sealed record ImportsView(PageOf<ImportLine> Runs, IReadOnlyList<ImportLine> Held, IReadOnlyList<ImportLine> InUse, IReadOnlyList<CustomerAttribute> Attributes, string? Folder, bool IsFirst);
