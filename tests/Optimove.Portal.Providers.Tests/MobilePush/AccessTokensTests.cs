using Optimove.Portal.Providers.MobilePush;
using Optimove.Portal.Providers.Tests.Http;

namespace Optimove.Portal.Providers.Tests.MobilePush;

public sealed class AccessTokensTests
{
    private static readonly BusinessUnit Uk = new("1", "UK", "UK_");
    private static readonly BusinessUnit De = new("2", "DE", "DE_");

    private readonly MobilePushLogin _login = new(new ProviderConnection(1, new MobilePushSettings { Subdomain = "mcdemo", ClientId = "c", ClientSecret = "s", Apps = "a; b" }));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_that_somebody_else_has_replaced_already_is_not_replaced_again()
    {
        var server = new ScriptedServer().Then(200, Token("first")).Then(200, Token("second")).Then(200, Token("third"));
        var tokens = new AccessTokens(server.Outbound, server.Clock);
        var first = await tokens.GetAsync(_login, Uk, null, Stop);

        var renewed = await tokens.GetAsync(_login, Uk, first, Stop);
        var late = await tokens.GetAsync(_login, Uk, first, Stop);

        Assert.Equal(("first", "second", "second", 2), (first.Value, renewed.Value, late.Value, server.Calls));
        Assert.Equal("third", (await tokens.GetAsync(_login, De, null, Stop)).Value);
    }

    [Fact]
    public async Task Whoever_wants_a_token_while_it_is_fetched_waits_for_that_one_and_nobodys_impatience_ends_it()
    {
        var answered = new TaskCompletionSource<HttpResponseMessage>();
        var server = new ScriptedServer { Otherwise = (_, _) => answered.Task };
        var tokens = new AccessTokens(server.Outbound, server.Clock);
        using var impatient = new CancellationTokenSource();

        var gone = tokens.GetAsync(_login, Uk, null, impatient.Token);
        var waiting = tokens.GetAsync(_login, Uk, null, Stop);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        answered.SetResult(new HttpResponseMessage { Content = new StringContent(Token("first")) });

        Assert.Equal(("first", 1), ((await waiting).Value, server.Calls));
    }

    [Fact]
    public async Task A_fetch_that_failed_is_made_anew_by_the_next_who_wants_a_token()
    {
        var server = new ScriptedServer().Then(401, """{"error":"invalid_client"}""").Then(200, Token("first"));
        var tokens = new AccessTokens(server.Outbound, server.Clock);

        var refused = await Assert.ThrowsAsync<ProviderException>(() => tokens.GetAsync(_login, Uk, null, Stop));

        Assert.Equal((ProviderFault.Unauthorized, "first"), (refused.Fault, (await tokens.GetAsync(_login, Uk, null, Stop)).Value));
    }

    [Theory]
    [InlineData("https://mcdemo.rest.marketingcloudapis.com/", true)]
    [InlineData("https://other.rest.MarketingCloudAPIs.com", true)]
    [InlineData("http://mcdemo.rest.marketingcloudapis.com/", false)]
    [InlineData("https://mcdemo.rest.marketingcloudapis.com:8443/", false)]
    [InlineData("https://marketingcloudapis.com.evil.test/", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData(null, false)]
    public void Without_a_twin_only_Salesforces_own_addresses_are_used_over_a_secure_connection(string? address, bool used)
    {
        var refused = Record.Exception(() => Assert.EndsWith("/", _login.Rest(address).AbsoluteUri));

        Assert.Equal(used, refused is null);
        Assert.Equal("https://mcdemo.auth.marketingcloudapis.com/", _login.Auth.AbsoluteUri);
    }

    private static string Token(string value) =>
        $$"""{"access_token":"{{value}}","expires_in":1079,"scope":"push_read push_send","rest_instance_url":"https://mcdemo.rest.marketingcloudapis.com/"}""";
}
