using Bunit;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Tests.Ui.Grids;

public sealed class GridTests : UiContext
{
    private static readonly GridQuery _query = new("name", Descending: false, Page: 2, PageSize: 2);

    private sealed record Person(string Name, string Tier, long Spent);

    private static readonly Person[] _people = [new("Anna", "VIP", 2418), new("Bruno", "VIP", 3902), new("Chloé", "Rising", 641)];

    [Fact]
    public void The_sorted_column_says_so_and_its_link_turns_it_round()
    {
        var head = Draw(p => p.Add(g => g.Query, _query)).Find("th[aria-sort]");
        Assert.Equal("ascending", head.GetAttribute("aria-sort"));
        Assert.EndsWith("?sort=-name", head.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_sort_from_large_to_small_first()
    {
        var link = Draw(p => p.Add(g => g.Query, _query)).Find("th.num a");
        Assert.EndsWith("?sort=-spent", link.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pager_counts_the_rows_and_links_the_pages()
    {
        var grid = Draw(p => p.Add(g => g.Query, _query).Add(g => g.Total, 2_412_806).Add(g => g.Noun, "customer"));
        Assert.Equal("3 to 4 of 2,412,806 customers", grid.Find(".pager > span").TextContent);
        Assert.Equal("2", grid.Find(".pager [aria-current=page]").TextContent);
        Assert.DoesNotContain("page=", grid.Find("[aria-label='Previous page']").GetAttribute("href"), StringComparison.Ordinal);
        Assert.EndsWith("page=3", grid.Find("[aria-label='Next page']").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void One_page_has_no_pager() =>
        Assert.Empty(Draw(p => p.Add(g => g.Query, _query with { Page = 1 }).Add(g => g.Total, 2)).FindAll(".pager"));

    [Fact]
    public void A_group_opens_with_its_name_and_count()
    {
        var groups = Draw(p => p.Add(g => g.GroupOf, x => x.Tier)).FindAll("tr.group");
        Assert.Equal(["VIP 2", "Rising 1"], groups.Select(g => g.TextContent));
    }

    [Fact]
    public void On_a_phone_each_fact_carries_its_name_and_the_lead_none()
    {
        var cells = Draw().FindAll("tbody tr:first-child td");
        Assert.True(cells[0].HasAttribute("data-t"));
        Assert.Equal("Spent", cells[1].GetAttribute("data-l"));
    }

    [Fact]
    public void Totals_stand_at_the_foot()
    {
        var foot = Draw().FindAll("tfoot td");
        Assert.Equal(["", "6,961"], foot.Select(c => c.TextContent));
    }

    [Fact]
    public void No_rows_say_why()
    {
        var grid = Draw(p => p.Add(g => g.EmptyText, "Nobody is left."), people: []);
        Assert.Equal("Nobody is left.", grid.Find("tbody").TextContent);
        Assert.Empty(grid.FindAll("tfoot"));
    }

    private IRenderedComponent<Grid<Person>> Draw(Action<ComponentParameterCollectionBuilder<Grid<Person>>>? more = null, Person[]? people = null) =>
        Render<Grid<Person>>(p =>
        {
            p.Add(g => g.Items, people ?? _people).Add(g => g.Label, "People").Add(g => g.Columns, Columns);
            more?.Invoke(p);
        });

    private static RenderFragment Columns => builder =>
    {
        builder.OpenComponent<Column<Person>>(0);
        builder.AddComponentParameter(1, "Title", "Name");
        builder.AddComponentParameter(2, "Sort", "name");
        builder.AddComponentParameter(3, "Lead", true);
        builder.AddComponentParameter(4, "Text", (Func<Person, string?>)(x => x.Name));
        builder.CloseComponent();
        builder.OpenComponent<Column<Person>>(5);
        builder.AddComponentParameter(6, "Title", "Spent");
        builder.AddComponentParameter(7, "Sort", "spent");
        builder.AddComponentParameter(8, "Numeric", true);
        builder.AddComponentParameter(9, "Footer", "6,961");
        builder.AddComponentParameter(10, "Text", (Func<Person, string?>)(x => $"{x.Spent}"));
        builder.CloseComponent();
    };
}
