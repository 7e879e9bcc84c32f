using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Customers.Explorer;

namespace Optimove.Portal.Tests.Customers.Explorer;

public sealed class ExplorerTests(ClientHouse house) : IClassFixture<ClientHouse>
{
    [Theory]
    [InlineData("C-0007", "C-0007")]
    [InlineData("C-001", "C-0010 C-0011 C-0012")]
    [InlineData("person3@mail.example", "C-0003")]
    [InlineData("PERSON3@", "C-0003")]
    [InlineData("person1", "C-0001 C-0010 C-0011 C-0012")]
    [InlineData("keller11", "C-0011")]
    [InlineData("anna keller1", "C-0010 C-0012")]
    [InlineData("keller1 anna", "C-0010 C-0012")]
    [InlineData("c-0007", "")]
    [InlineData("%", "")]
    [InlineData("C_00", "")]
    [InlineData("' or 1=1 --", "")]
    [InlineData("\\", "")]
    public async Task A_customer_is_found_by_how_id_address_or_name_begins(string text, string ids)
    {
        var client = await FilledAsync();
        var found = await FindAsync(client, new(text));
        Assert.Equal(ids, string.Join(' ', found.Rows.Select(r => r.Id)));
        Assert.Equal(found.Rows.Count, found.Total);
    }

    [Fact]
    public async Task Pages_go_forwards_and_back_by_id_and_miss_nobody()
    {
        var client = await FilledAsync();
        var first = await FindAsync(client, new(PageSize: 5));
        var second = await FindAsync(client, new(PageSize: 5, After: first.Rows[^1].Id));
        var third = await FindAsync(client, new(PageSize: 5, After: second.Rows[^1].Id));
        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"C-{i:0000}"), first.Rows.Concat(second.Rows).Concat(third.Rows).Select(r => r.Id));
        Assert.Equal(((false, true), (true, true), (true, false)), ((first.HasBefore, first.HasAfter), (second.HasBefore, second.HasAfter), (third.HasBefore, third.HasAfter)));
        var back = await FindAsync(client, new(PageSize: 5, Before: third.Rows[0].Id));
        Assert.Equal(second.Rows.Select(r => r.Id), back.Rows.Select(r => r.Id));
        Assert.True(back.HasBefore && back.HasAfter);
        Assert.False((await FindAsync(client, new(PageSize: 5, Before: back.Rows[0].Id))).HasBefore);
        Assert.Equal(12, back.Total);
    }

    [Fact]
    public async Task A_filter_narrows_a_search_and_the_count()
    {
        var client = await FilledAsync();
        var attributes = await AttributesAsync(client);
        var country = attributes.Single(a => a.Field == "country");
        var found = await FindAsync(client, new("anna", new(country, FilterBy.Is, "FR"), PageSize: 1));
        Assert.Equal((2, "C-0006", true), (found.Total, found.Rows.Single().Id, found.HasAfter));
        Assert.Equal(4, (await FindAsync(client, new(Filter: new(country, FilterBy.Is, "FR")))).Rows.Count);
        Assert.Equal(0, (await FindAsync(client, new(Filter: new(country, FilterBy.IsEmpty, null)))).Total);
        var visits = attributes.Single(a => a.Field == "visits");
        Assert.Equal("C-0009", (await FindAsync(client, new(Filter: new(visits, FilterBy.Is, "9")))).Rows.Single().Id);
        await Assert.ThrowsAsync<RefusedException>(() => FindAsync(client, new(Filter: new(visits, FilterBy.Is, "9; drop table customers"))));
    }

    [Fact]
    public async Task A_new_file_is_counted_anew()
    {
        var client = await FilledAsync();
        Assert.Equal(12, (await FindAsync(client, new())).Total);
        await client.CustomersAsync(13);
        Assert.Equal(13, (await FindAsync(client, new())).Total);
    }

    [Fact]
    public async Task Searches_by_prefix_use_an_index_after_every_import_and_after_a_change_of_purpose()
    {
        var client = await FilledAsync();
        Assert.Equal(4, await IndexesAsync(client));
        await client.CustomersAsync(12);
        Assert.Equal(4, await IndexesAsync(client));
        var last = (await AttributesAsync(client)).Single(a => a.Field == "last_name");
        await client.DoAsync<ChangeAttribute>(u => u.RunAsync(last.Id, AttributeDraft.Of(last) with { Purpose = AttributePurpose.None }));
        Assert.Equal(3, await IndexesAsync(client));
    }

    [Fact]
    public async Task One_client_finds_nobody_of_another()
    {
        var (ours, others) = (await FilledAsync(), await house.ClientAsync());
        Assert.Equal(0, (await FindAsync(others, new("C-0007"))).Total);
        Assert.Null(await others.GetAsync<CustomerQueries, CustomerProfile?>(q => q.FindAsync("C-0007", TestContext.Current.CancellationToken)));
        Assert.NotNull(await ours.GetAsync<CustomerQueries, CustomerProfile?>(q => q.FindAsync("C-0007", TestContext.Current.CancellationToken)));
    }

    private async Task<Client> FilledAsync()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(12);
        return client;
    }

    private static Task<List<CustomerAttribute>> AttributesAsync(Client client) => client.GetAsync<AttributeQueries, List<CustomerAttribute>>(q => q.AllAsync(TestContext.Current.CancellationToken));

    private static async Task<CustomersFound> FindAsync(Client client, CustomerSearch search)
    {
        var attributes = await AttributesAsync(client);
        return await client.GetAsync<ExplorerQueries, CustomersFound>(q => q.FindAsync(search, attributes, [attributes[0]], TestContext.Current.CancellationToken));
    }

    private static async Task<long> IndexesAsync(Client client) =>
        await client.AskAsync<long>("select count(*) from pg_indexes where schemaname = '{t}' and tablename = 'customers' and indexdef like '%text_pattern_ops%'");
}
