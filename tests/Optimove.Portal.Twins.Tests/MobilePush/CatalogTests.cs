using System.Text.Json.Nodes;
using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.MobilePush;

public sealed class CatalogTests
{
    [Fact]
    public async Task Apps_are_a_bare_array_whose_optional_parts_may_be_missing()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync();
        var uk = Assert.Single(Assert.IsType<JsonArray>(await twin.GetAsync("rest/push/v1/application")));
        Assert.NotNull(uk!["keys"]);
        await twin.OpenAsync(MobilePushTwin.De);
        var de = Assert.Single(Assert.IsType<JsonArray>(await twin.GetAsync("rest/push/v1/application")));
        Assert.Equal((null, false), (de!["keys"], (bool)de["gcmEnabled"]!));
        Assert.Equal("Shop DE", (string?)(await twin.GetAsync("rest/push/v1/application/app-de"))["name"]);
        Assert.Equal(404, (await twin.CallAsync("GET", "rest/push/v1/application/app-uk")).Status);
    }

    [Fact]
    public async Task Messages_of_every_kind_come_in_pages_with_the_whole_count()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        for (var number = 100; number < 156; number++)
            twin.Account.AddMessage(new PushMessage { Id = PushMessage.IdOf(number), Name = $"UK_{number}", Mid = MobilePushTwin.Uk, AppId = "app-uk" });
        await twin.OpenAsync();
        var (first, second, past) = (await twin.GetAsync("rest/push/v1/message"), await twin.GetAsync("rest/push/v1/message?$page=2"), await twin.GetAsync("rest/push/v1/message?$page=9&$pageSize=10"));
        Assert.Equal((60, 50, 10, 0), ((int)first["count"]!, first["items"]!.AsArray().Count, second["items"]!.AsArray().Count, past["items"]!.AsArray().Count));
        var all = first["items"]!.AsArray().Concat(second["items"]!.AsArray()).ToList();
        Assert.Equal([1, 8], all.Select(m => (int)m!["messageType"]!).Distinct().Order());
        Assert.Equal([1, 3], all.Select(m => (int)m!["sendInitiator"]!).Distinct().Order());
        Assert.Equal(400, (await twin.CallAsync("GET", "rest/push/v1/message?$page=0")).Status);
    }

    [Theory]
    [InlineData("status eq '2'", 3)]
    [InlineData("sendInitiator neq 1", 1)]
    [InlineData("name like '%Spring%'", 1)]
    [InlineData("messageType gte '8'", 1)]
    public async Task A_filter_is_one_comparison(string filter, int found)
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync();
        Assert.Equal(found, (int)(await twin.GetAsync($"rest/push/v1/message?$filter={Uri.EscapeDataString(filter)}"))["count"]!);
        Assert.Equal(400, (await twin.CallAsync("GET", "rest/push/v1/message?$filter=nonsense")).Status);
    }

    [Fact]
    public async Task One_message_comes_in_an_array_in_the_servers_time_and_one_that_is_not_there_as_a_bad_request()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync();
        var message = Assert.Single(Assert.IsType<JsonArray>(await twin.GetAsync($"rest/push/v1/message/{MobilePushTwin.Spring}")));
        Assert.Equal(("UK_Spring", "2026-07-01T02:00:00", "NDI6MTE0OjA"), ((string?)message!["name"], (string?)message["createdDate"], (string?)message["id"]));
        var (status, refusal) = await twin.CallAsync("GET", "rest/push/v1/message/none");
        Assert.Equal((400, 10006), (status, (int)refusal!["errorcode"]!));
        Assert.Equal(200, (await twin.CallAsync("DELETE", $"rest/push/v1/message/{MobilePushTwin.Spring}")).Status);
        Assert.Equal(400, (await twin.CallAsync("GET", $"rest/push/v1/message/{MobilePushTwin.Spring}")).Status);
    }
}
