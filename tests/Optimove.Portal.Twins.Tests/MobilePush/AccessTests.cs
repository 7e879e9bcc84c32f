using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.MobilePush;

public sealed class AccessTests
{
    private const string Apps = "rest/push/v1/application";

    [Fact]
    public async Task A_session_names_its_addresses_and_permissions_and_ends_after_eighteen_minutes()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        var session = await twin.OpenAsync();
        Assert.Equal(("Bearer", 1079, $"{twin.Http.BaseAddress}rest/"), ((string?)session["token_type"], (int)session["expires_in"]!, (string?)session["rest_instance_url"]));
        Assert.Contains("push_send", (string?)session["scope"]);
        twin.Clock.Move(TimeSpan.FromMinutes(17));
        Assert.Equal(200, (await twin.CallAsync("GET", Apps)).Status);
        twin.Clock.Move(TimeSpan.FromMinutes(1));
        var (status, refusal) = await twin.CallAsync("GET", Apps);
        Assert.Equal((401, 0, "Not Authorized"), (status, (int)refusal!["errorcode"]!, (string?)refusal["message"]));
    }

    [Fact]
    public async Task Wrong_credentials_an_unknown_business_unit_and_a_refused_address_are_told_apart()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        var (wrong, unknown) = (await TokenAsync(twin, MobilePushTwin.Credentials(secret: "no")), await TokenAsync(twin, MobilePushTwin.Credentials("999")));
        twin.Account.RefusesAddresses = true;
        Assert.Equal(((401, "invalid_client"), (401, "unauthorized_client"), (403, "access_denied")), (wrong, unknown, await TokenAsync(twin, MobilePushTwin.Credentials())));
        Assert.Equal((400, "unsupported_grant_type"), await TokenAsync(twin, new() { ["grant_type"] = "password" }));
    }

    [Fact]
    public async Task A_token_sees_and_sends_what_is_of_its_business_unit_only()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync(MobilePushTwin.De);
        Assert.Equal("Shop DE", (string?)(await twin.GetAsync(Apps)).AsArray().Single()!["name"]);
        Assert.Equal(["DE_Spring"], (await twin.GetAsync("rest/push/v1/message"))["items"]!.AsArray().Select(m => (string?)m!["name"]));
        var (status, refusal) = await twin.PostSendAsync(new { subscriberKeys = MobilePushTwin.Keys(1) });
        Assert.Equal((400, "The message is not valid for this client."), (status, (string?)refusal!["errors"]![0]));
        await twin.OpenAsync(mid: null);
        Assert.Empty((await twin.GetAsync("rest/push/v1/message"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_token_without_the_permission_to_send_may_read()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        twin.Account.Scopes.Remove("push_send");
        await twin.OpenAsync();
        Assert.Equal(200, (await twin.CallAsync("GET", Apps)).Status);
        var (status, refusal) = await twin.PostSendAsync(new { subscriberKeys = MobilePushTwin.Keys(1) });
        Assert.Equal((403, 20000), (status, (int)refusal!["errorcode"]!));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_answered()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        Assert.Equal(401, (await twin.CallAsync("GET", Apps)).Status);
        Assert.Equal(404, (await twin.CallAsync("GET", "rest/nothing/here")).Status);
    }

    private static async Task<(int Status, string? Error)> TokenAsync(MobilePushTwin twin, Dictionary<string, string> credentials)
    {
        var (status, answer) = await twin.CallAsync("POST", "auth/v2/token", credentials);
        return (status, (string?)answer!["error"]);
    }
}
