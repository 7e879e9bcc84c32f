using System.Net.Http.Json;
using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.Cheetah;

public sealed class CheetahAccessTests
{
    [Fact]
    public async Task A_token_is_given_for_a_form_and_refused_for_JSON()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var (status, body) = await twin.TokenAsync("consumer-1", "secret-1");
        Assert.Equal((200, "bearer", 28800), (status, (string?)body!["token_type"], (int)body["expires_in"]!));
        var json = JsonContent.Create(new { grant_type = "password", username = "consumer-1", password = "secret-1" });
        Assert.Equal(400, (await twin.SendAsync("POST", "services2/authorization/oAuth2/Token", json)).Status);
    }

    [Theory]
    [InlineData("consumer-1", "secret-2", "client-1")]
    [InlineData("consumer-2", "secret-1", "client-1")]
    [InlineData("consumer-1", "secret-1", "client-2")]
    public async Task Wrong_credentials_are_refused(string key, string secret, string client)
    {
        await using var twin = await CheetahTwin.StartAsync();
        Assert.Equal(400, (await twin.TokenAsync(key, secret, client)).Status);
    }

    [Fact]
    public async Task An_older_key_needs_its_client_identifier()
    {
        await using var twin = await CheetahTwin.StartAsync();
        twin.Account.Switches = twin.Account.Switches with { LegacyKey = true };
        Assert.Equal(400, (await twin.TokenAsync("consumer-1", "secret-1")).Status);
        Assert.Equal(200, (await twin.TokenAsync("consumer-1", "secret-1", "client-1")).Status);
    }

    [Fact]
    public async Task A_token_is_good_for_eight_hours_and_a_call_without_one_is_refused_with_a_message()
    {
        await using var twin = await CheetahTwin.StartAsync();
        twin.Clock.Move(TimeSpan.FromHours(7.9));
        Assert.Equal(200, (await twin.CallAsync("GET", "Table")).Status);
        twin.Clock.Move(TimeSpan.FromHours(0.2));
        var (status, body) = await twin.CallAsync("GET", "Table");
        Assert.Equal(401, status);
        Assert.NotEmpty((string)body!["message"]!);
    }

    [Fact]
    public async Task Off_the_whitelist_every_call_is_refused_the_one_for_a_token_too()
    {
        await using var twin = await CheetahTwin.StartAsync();
        twin.Account.Switches = twin.Account.Switches with { Whitelisted = false };
        Assert.Equal(403, (await twin.CallAsync("GET", "Table")).Status);
        Assert.Equal(403, (await twin.TokenAsync("consumer-1", "secret-1")).Status);
    }

    [Theory]
    [InlineData("GET", "Nothing", 404)]
    [InlineData("PUT", "Table", 405)]
    [InlineData("GET", "Folder?id=9", 404)]
    [InlineData("GET", "PropMap?id=9", 404)]
    [InlineData("GET", "SearchRecords?cust_id=4410&name=CUSTOMER_ID&value=nobody", 404)]
    [InlineData("GET", "EmailCampaign?id=9", 404)]
    [InlineData("GET", "Import?id=9", 404)]
    public async Task What_is_not_there_is_answered_with_a_message(string method, string path, int expected)
    {
        await using var twin = await CheetahTwin.StartAsync();
        var (status, body) = await twin.CallAsync(method, path);
        Assert.Equal(expected, status);
        Assert.NotEmpty((string)body!["message"]!);
    }
}
