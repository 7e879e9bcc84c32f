using System.Security.Cryptography;
using System.Text;
using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.MailChimp;

public sealed class ListTests
{
    private const string List = MailChimpTwin.List;

    [Theory]
    [InlineData("templates", "templates", 27)]
    [InlineData("lists/" + List + "/members", "members", 1000)]
    public async Task A_collection_answers_ten_items_unless_told_and_says_how_many_there_are(string path, string items, int total)
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var first = await twin.GetAsync(path);
        Assert.Equal(10, first[items]!.AsArray().Count);
        Assert.Equal(total, (int)first["total_items"]!);
        Assert.Equal(total, (await twin.GetAsync($"{path}?count=1000"))[items]!.AsArray().Count);
        Assert.Equal(2, (await twin.GetAsync($"{path}?count=1000&offset={total - 2}"))[items]!.AsArray().Count);
        Assert.Empty((await twin.GetAsync($"{path}?offset={total}"))[items]!.AsArray());
        Assert.Equal(400, (await twin.CallAsync("GET", $"{path}?count=1001")).Status);
    }

    [Fact]
    public async Task A_list_counts_its_members_by_status()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var stats = (await twin.GetAsync($"lists/{List}"))["stats"]!;
        Assert.Equal(997, (int)stats["member_count"]!);
        Assert.Equal(2, (int)stats["unsubscribe_count"]!);
        Assert.Equal(1, (int)stats["cleaned_count"]!);
        Assert.Equal(2, (int)(await twin.GetAsync($"lists/{List}/members?status=unsubscribed"))["total_items"]!);
    }

    [Fact]
    public async Task A_member_is_found_by_the_md5_of_the_address_in_lower_case()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var hash = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(MailChimpTwin.Address(999))));
        var member = await twin.GetAsync($"lists/{List}/members/{hash}");
        Assert.Equal(MailChimpTwin.Address(999), (string?)member["email_address"]);
        Assert.Equal("cleaned", (string?)member["status"]);
        Assert.Equal(404, (await twin.CallAsync("GET", $"lists/{List}/members/{new string('0', 32)}")).Status);
    }

    [Fact]
    public async Task A_list_keeps_each_of_many_addresses_once_whatever_the_case()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        twin.Account.AddMembers(List, Enumerable.Range(0, 50_000).Select(i => $"Person{i}@Mail.test"));
        Assert.Equal(50_000, (int)(await twin.GetAsync($"lists/{List}?fields=stats.total_contacts"))["stats"]!["total_contacts"]!);
        Assert.Equal(200, (await twin.CallAsync("GET", $"lists/{List}/members/PERSON49999@mail.test")).Status);
        Assert.Equal(404, (await twin.CallAsync("GET", $"lists/{List}/members/person50000@mail.test")).Status);
    }

    [Fact]
    public async Task A_call_gets_only_the_fields_that_it_chose()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        Assert.Equal("""{"templates":[{"id":10001}]}""", (await twin.GetAsync("templates?count=1&fields=templates.id")).ToJsonString());
        var without = await twin.GetAsync($"lists/{List}?exclude_fields=stats.member_count,name");
        Assert.Null(without["name"]);
        Assert.Null(without["stats"]!["member_count"]);
        Assert.NotNull(without["stats"]!["cleaned_count"]);
    }

    [Fact]
    public async Task Sender_domains_say_whether_they_are_verified()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var domains = (await twin.GetAsync("verified-domains"))["domains"]!.AsArray();
        Assert.Equal(["new.example False", "shop.example True"], domains.Select(d => $"{d!["domain"]} {(bool)d["verified"]!}"));
    }
}
