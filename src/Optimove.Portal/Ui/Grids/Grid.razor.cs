using Microsoft.AspNetCore.Components;

namespace Optimove.Portal.Ui.Grids;

public partial class Grid<T>
{
    private readonly List<Column<T>> _columns = [];

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    internal void Add(Column<T> column) => _columns.Add(column);

    internal void Remove(Column<T> column)
    {
        _columns.Remove(column);
        StateHasChanged();
    }

    /// <summary>The rows as they are drawn: before each group its name and its count.</summary>
    private IEnumerable<(T? Item, GroupHead? Head)> Rows()
    {
        if (GroupOf is null)
        {
            foreach (var item in Items)
                yield return (item, null);
            yield break;
        }
        foreach (var group in Items.GroupBy(GroupOf))
        {
            yield return (default, new GroupHead(group.Key, group.Count()));
            foreach (var item in group)
                yield return (item, null);
        }
    }

    private string SortAddress(GridQuery query, Column<T> column) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            [query.SortName] = query.NextSort(column.Sort!, column.Numeric),
            [query.PageName] = null,
        });

    private string? AriaSort(Column<T> column) =>
        Query is { } query && column.Sort is not null && query.Sort == column.Sort ? query.Descending ? "descending" : "ascending" : null;

    private sealed record GroupHead(string Name, int Count);
}
