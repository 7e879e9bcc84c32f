using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Tests.Ui.Grids;

public sealed class GridQueryTests
{
    private static readonly string[] _sortable = ["-spent", "name"];

    [Theory]
    [InlineData("", "spent", true, 1)]
    [InlineData("?sort=name", "name", false, 1)]
    [InlineData("?sort=-name&page=3", "name", true, 3)]
    [InlineData("?sort=password", "spent", true, 1)]
    [InlineData("?sort=name;drop table customers", "spent", true, 1)]
    [InlineData("?page=0", "spent", true, 1)]
    [InlineData("?page=-4", "spent", true, 1)]
    [InlineData("?page=99999999999999", "spent", true, 1)]
    [InlineData("?page=2000000000", "spent", true, GridQuery.LastPage)]
    public void An_address_gives_a_named_column_and_a_page_in_range(string query, string sort, bool descending, int page)
    {
        var read = GridQuery.Read("https://portal.example/aurelia/customers" + query, _sortable, pageSize: 50);
        Assert.Equal((sort, descending, page), (read.Sort, read.Descending, read.Page));
        Assert.Equal((page - 1) * 50, read.Offset);
    }

    [Fact]
    public void Two_grids_of_one_page_do_not_mix()
    {
        const string address = "https://portal.example/x?sort=name&r-page=4";
        Assert.Equal(1, GridQuery.Read(address, _sortable).Page);
        Assert.Equal(("spent", 4), (GridQuery.Read(address, _sortable, prefix: "r-").Sort, GridQuery.Read(address, _sortable, prefix: "r-").Page));
    }

    [Theory]
    [InlineData(1, 1, "1")]
    [InlineData(1, 9, "1 2 0 9")]
    [InlineData(5, 9, "1 0 4 5 6 0 9")]
    [InlineData(9, 9, "1 0 8 9")]
    [InlineData(2, 3, "1 2 3")]
    public void The_pager_offers_first_last_and_neighbours(int page, int pages, string offered) =>
        Assert.Equal(offered, string.Join(' ', new GridQuery("", false, page, 50).Window(pages)));
}
