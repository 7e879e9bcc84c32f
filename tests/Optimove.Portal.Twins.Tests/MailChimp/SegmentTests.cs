using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.MailChimp;

public sealed class SegmentTests
{
    private const string Segments = $"lists/{MailChimpTwin.List}/segments";

    [Fact]
    public async Task An_empty_static_segment_is_made_with_an_integer_id()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var (status, segment) = await twin.CallAsync("POST", Segments, new { name = "opt-1", static_segment = Array.Empty<string>() });
        Assert.Equal(200, status);
        Assert.True((int)segment!["id"]! > 0);
        Assert.Equal(("opt-1", "static", 0), ((string?)segment["name"], (string?)segment["type"], (int)segment["member_count"]!));
        Assert.Equal("2026-03-01T08:00:00+00:00", (string?)segment["created_at"]);
    }

    [Fact]
    public async Task A_segment_needs_a_name_and_either_conditions_or_addresses()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        Assert.Equal(["name"], await RefusedAsync(twin, new { static_segment = Array.Empty<string>() }));
        Assert.Equal([""], await RefusedAsync(twin, new { name = "opt-1" }));
        Assert.Equal(["options"], await RefusedAsync(twin, new { name = "opt-1", static_segment = Array.Empty<string>(), options = new { match = "any" } }));
        Assert.Equal(["name"], await RefusedAsync(twin, new { name = 1, static_segment = Array.Empty<string>() }));
    }

    [Fact]
    public async Task A_name_may_be_used_twice_because_nothing_stops_it()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        await twin.SegmentAsync(1);
        await twin.SegmentAsync(1);
        Assert.Equal(2, (int)(await twin.GetAsync(Segments))["total_items"]!);
    }

    [Fact]
    public async Task Five_hundred_addresses_are_taken_and_501_refuse_the_whole_call()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var id = await twin.SegmentAsync(0);
        var (status, problem) = await AddAsync(twin, id, Enumerable.Range(0, 501));
        Assert.Equal((400, "Invalid Resource"), (status, (string?)problem!["title"]));
        Assert.Equal("members_to_add", (string?)problem["errors"]![0]!["field"]);
        Assert.Empty(twin.Account.MembersOf(id));
        Assert.Equal(500, (int)(await AddAsync(twin, id, Enumerable.Range(0, 500))).Body!["total_added"]!);
    }

    [Fact]
    public async Task An_address_that_is_not_on_the_list_is_named_and_does_not_fail_the_call()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var id = await twin.SegmentAsync(0);
        var (status, answer) = await AddAsync(twin, id, [1, 2, 5000, 999]);
        Assert.Equal(200, status);
        Assert.Equal((3, 1), ((int)answer!["total_added"]!, (int)answer["error_count"]!));
        Assert.Equal([MailChimpTwin.Address(5000)], answer["errors"]![0]!["email_addresses"]!.AsArray().Select(a => (string)a!));
        Assert.Equal(["subscribed", "subscribed", "cleaned"], answer["members_added"]!.AsArray().Select(m => (string)m!["status"]!));
    }

    [Fact]
    public async Task An_address_with_an_escaped_sign_and_capitals_is_the_same_address()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        twin.Account.AddMembers(MailChimpTwin.List, ["ann+shop@mail.test"]);
        var id = await twin.SegmentAsync(0);
        var (_, answer) = await twin.CallAsync("POST", $"{Segments}/{id}", new { members_to_add = new[] { "Ann+Shop@mail.test" } });
        Assert.Equal(1, (int)answer!["total_added"]!);
        Assert.Equal(["ann+shop@mail.test"], twin.Account.MembersOf(id));
    }

    [Theory]
    [InlineData(false, 2, 0)]
    [InlineData(true, 0, 2)]
    public async Task A_repeat_changes_nothing_and_is_answered_as_the_account_is_set(bool repeatsAreErrors, int added, int errors)
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var id = await twin.SegmentAsync(2);
        twin.Account.RepeatsAreErrors = repeatsAreErrors;
        var (_, answer) = await AddAsync(twin, id, [0, 1]);
        Assert.Equal((added, errors), ((int)answer!["total_added"]!, (int)answer["error_count"]!));
        Assert.Equal(2, twin.Account.MembersOf(id).Count);
    }

    [Fact]
    public async Task The_count_lags_until_the_segment_is_processed()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var id = await twin.SegmentAsync(3);
        await AddAsync(twin, id, [3, 4, 999]);
        Assert.Equal(3, (int)(await twin.GetAsync($"{Segments}/{id}"))["member_count"]!);
        twin.Clock.Move(twin.Account.SegmentDelay - TimeSpan.FromMilliseconds(1));
        await AddAsync(twin, id, [5]);
        twin.Clock.Move(twin.Account.SegmentDelay - TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, (int)(await twin.GetAsync($"{Segments}/{id}"))["member_count"]!);
        twin.Clock.Move(TimeSpan.FromMilliseconds(1));
        Assert.Equal(6, (int)(await twin.GetAsync($"{Segments}/{id}"))["member_count"]!);
    }

    [Fact]
    public async Task Members_can_be_removed_replaced_and_listed_and_the_segment_deleted()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var id = await twin.SegmentAsync(20);
        var (_, answer) = await twin.CallAsync("POST", $"{Segments}/{id}", new { members_to_remove = new[] { MailChimpTwin.Address(0) } });
        Assert.Equal(1, (int)answer!["total_removed"]!);
        var members = await twin.GetAsync($"{Segments}/{id}/members?count=15&offset=10");
        Assert.Equal((9, 19), (members["members"]!.AsArray().Count, (int)members["total_items"]!));
        Assert.Equal(200, (await twin.CallAsync("PATCH", $"{Segments}/{id}", new { name = "opt-2", static_segment = new[] { MailChimpTwin.Address(7), "gone@mail.test" } })).Status);
        Assert.Equal([MailChimpTwin.Address(7)], twin.Account.MembersOf(id));
        Assert.Equal(204, (await twin.CallAsync("DELETE", $"{Segments}/{id}")).Status);
        Assert.Equal(404, (await twin.CallAsync("GET", $"{Segments}/{id}")).Status);
    }

    private static Task<(int Status, System.Text.Json.Nodes.JsonNode? Body)> AddAsync(MailChimpTwin twin, int segment, IEnumerable<int> numbers) =>
        twin.CallAsync("POST", $"{Segments}/{segment}", new { members_to_add = numbers.Select(MailChimpTwin.Address) });

    private static async Task<IEnumerable<string>> RefusedAsync(MailChimpTwin twin, object body)
    {
        var (status, problem) = await twin.CallAsync("POST", Segments, body);
        Assert.Equal((400, "Invalid Resource"), (status, (string?)problem!["title"]));
        return problem["errors"]!.AsArray().Select(e => (string)e!["field"]!).Distinct();
    }
}
