using Microsoft.AspNetCore.Components;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.TargetGroups;

public sealed partial class TargetGroupsPage
{
    private static readonly string[] Sortable = ["name", "-size", "-share", "-change", "-changed"];
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    [Inject] private TargetGroupQueries Queries { get; set; } = default!;
    [Inject] private TenantContext Tenant { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";
    [SupplyParameterFromQuery(Name = "q")] private string? Search { get; set; }

    private GridQuery Asked => GridQuery.Read(Navigation.Uri, Sortable);

    private List<GroupLine> Found(GroupList list)
    {
        var text = Search?.Trim() ?? "";
        var found = list.Groups.Where(g => g.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || g.Meaning.Contains(text, StringComparison.OrdinalIgnoreCase));
        return [.. Asked.Descending ? found.OrderByDescending(SortValue).ThenBy(g => g.Name, StringComparer.OrdinalIgnoreCase) : found.OrderBy(SortValue).ThenBy(g => g.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private IComparable? SortValue(GroupLine group) => Asked.Sort switch
    {
        "size" => group.Latest?.Size,
        "share" => group.Share,
        "change" => group.Change,
        "changed" => group.ChangedAt,
        _ => group.Name.ToUpperInvariant(),
    };

    private void Find(ChangeEventArgs e) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["q"] = (string?)e.Value is { Length: > 0 } text ? text : null, ["page"] = null }));

    private static string? Latest(TargetGroupSize size, GroupList list) =>
        size.DataDate != list.DataDate ? $"on {Format.DayMonth(size.DataDate)}" : TimeSpan.FromMilliseconds(size.Milliseconds) is var took && took > Slow ? $"slow: {Format.Duration(took)}" : null;

    private static string UsedBy(GroupLine group) => (group.Campaigns, group.Groups) switch
    {
        (0, 0) => "nobody yet",
        (var campaigns, 0) => Format.Count(campaigns, "campaign"),
        (0, var groups) => Format.Count(groups, "group"),
        var (campaigns, groups) => $"{Format.Count(campaigns, "campaign")}, {Format.Count(groups, "group")}",
    };
}
