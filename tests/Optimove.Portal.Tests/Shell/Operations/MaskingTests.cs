using Optimove.Portal.Shell.Operations;

namespace Optimove.Portal.Tests.Shell.Operations;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("sign-in of anna.b+x@shop.example failed", "sign-in of (address) failed")]
    [InlineData("to <anna@shop.example>, <bob@shop.example>", "to <(address)>, <(address)>")]
    [InlineData("GET /customers?q=anna%40shop.example&page=2", "GET /customers?q=(address)&page=2")]
    [InlineData("Host=db;Username=portal;Password=hunter2;Port=5432", "Host=db;Username=portal;Password=(secret);Port=5432")]
    [InlineData("""{"api_key":"abc-us1","list":"l1"}""", """{"api_key":"(secret)","list":"l1"}""")]
    [InlineData("Authorization: Basic YW55OmtleQ==", "Authorization: Basic (secret)")]
    [InlineData("/account/reset-password?code=CfDJ8&id=4", "/account/reset-password?code=(secret)&id=4")]
    public void Addresses_and_secrets_do_not_pass(string text, string masked) => Assert.Equal(masked, Masking.Mask(text));

    [Theory]
    [InlineData("Sent 500 of 20000 recipients at 10:00")]
    [InlineData("Status code: 404, tokens of the rule: 12 in total")]
    [InlineData("customer 4711 @ shop")]
    public void Other_words_stay(string text) => Assert.Equal(text, Masking.Mask(text));
}
