using System.Globalization;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.TargetGroups.Segments;

public sealed partial class SegmentsPage
{
    private Page<SegmentsView>? _page;

    [Inject] private SegmentQueries Queries { get; set; } = default!;
    [Inject] private SaveSegment Save { get; set; } = default!;
    [Inject] private MoveSegment Move { get; set; } = default!;
    [Inject] private RemoveSegment Remove { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [Inject] private Actor Person { get; set; } = default!;
    /// <summary>The row of the segment that is open, or "new".</summary>
    [SupplyParameterFromQuery] private string? Open { get; set; }

    private bool MayChange => Person.MayAdministrate(Now);

    internal static string InWords(SegmentKind kind) => kind == SegmentKind.Value ? "Value segment" : "Lifecycle stage";

    private static string Plural(SegmentKind kind) => InWords(kind) + "s";

    private string Address(string? open) => Urls.Settings(Slug, "segments") + (open is null ? "" : $"?open={open}");

    private static string Id(SegmentLine line) => line.Segment.Id.ToString(CultureInfo.InvariantCulture);

    private async Task SaveAsync(int? id, SegmentDraft draft)
    {
        if (!await TryAsync(() => Save.RunAsync(id, draft))) return;
        Toasts.Confirm($"{draft.Name.Trim()} is saved.");
        Navigation.NavigateTo(Address(null));
        await _page!.ReloadAsync();
    }

    private async Task MoveAsync(SegmentLine line)
    {
        await TryAsync(() => Move.RunAsync(line.Segment.Id));
        await _page!.ReloadAsync();
    }

    private async Task RemoveAsync(Segment segment)
    {
        var deed = new Deed($"Remove {segment.Name}?", "Programs no longer find it. Its number is not given again.", "Remove it");
        if (await Confirmations.AskAsync(deed) is null) return;
        if (await TryAsync(() => Remove.RunAsync(segment.Id))) Navigation.NavigateTo(Address(null));
        await _page!.ReloadAsync();
    }
}
