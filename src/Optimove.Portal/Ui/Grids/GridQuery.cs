using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Optimove.Portal.Ui.Grids;

/// <summary>Which rows of a grid are asked for, read from the address: "?sort=-spent&amp;page=2". Only columns that the page names may
/// be sorted by, so the sort may choose a column of a query. Pages count from 1.</summary>
public sealed record GridQuery(string Sort, bool Descending, int Page, int PageSize, string Prefix = "")
{
    /// <summary>No address goes further: what lies there is found by a filter, not by paging.</summary>
    public const int LastPage = 10_000;

    public int Offset => (Page - 1) * PageSize;
    internal string SortName => Prefix + "sort";
    internal string PageName => Prefix + "page";

    /// <summary>Reads an address. <paramref name="sortable"/> names the columns, the usual one first; one that begins with "-" is
    /// usually sorted from large to small. A prefix keeps two grids of one page apart.</summary>
    public static GridQuery Read(string uri, string[] sortable, int pageSize = 50, string prefix = "")
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var asked = query.TryGetValue(prefix + "sort", out var sorts) ? sorts.ToString() : "";
        var known = sortable.Any(s => s.TrimStart('-') == asked.TrimStart('-'));
        var sort = known ? asked : sortable.FirstOrDefault() ?? "";
        var page = query.TryGetValue(prefix + "page", out var pages)
            && int.TryParse(pages.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, LastPage) : 1;
        return new(sort.TrimStart('-'), sort.StartsWith('-'), page, pageSize, prefix);
    }

    /// <summary>How the address must say that a column sorts next: the other way round if it does already.</summary>
    internal string NextSort(string column, bool largestFirst) =>
        column == Sort ? (Descending ? column : "-" + column) : largestFirst ? "-" + column : column;

    /// <summary>The page numbers to offer: the first, the last and those around this one; 0 stands for a gap.</summary>
    internal IEnumerable<int> Window(int pages)
    {
        var before = 0;
        foreach (var page in new SortedSet<int>([1, Page - 1, Page, Page + 1, pages]).Where(p => p >= 1 && p <= pages))
        {
            if (page - before > 1)
                yield return 0;
            yield return before = page;
        }
    }
}

/// <summary>The rows of one page and how many there are in all.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Items, long Total);
