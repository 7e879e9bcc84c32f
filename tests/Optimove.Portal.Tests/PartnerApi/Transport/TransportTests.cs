using System.Net.Sockets;
using System.Text;
using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Transport;

public sealed class TransportTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Theory]
    [InlineData("/current/integrations/GetPromotions")]
    [InlineData("/v1.6/integrations/getpromotions")]
    [InlineData("/v3.0/INTEGRATIONS/GETPROMOTIONS")]
    [InlineData("/v3/Integrations/GetPromotions")]
    [InlineData("/V4/Integrations/GetPromotions/")]
    [InlineData("/Integrations/GetPromotions")]
    public async Task Every_generation_of_paths_leads_to_the_same_function_in_any_case(string path)
    {
        var answer = await house.GetAsync(path, await house.IssueAsync(house.Globex));
        Assert.Equal((200, "[]", "application/json", 2L), (answer.Status, answer.Body, answer.ContentType, answer.ContentLength));
    }

    [Theory]
    [InlineData("GET", "/current/general/NoSuchFunction")]
    [InlineData("DELETE", "/current/general/login")]
    [InlineData("GET", "/Integrations/AddPromotions")]
    [InlineData("POST", "/current")]
    [InlineData("GET", "/customers")]
    [InlineData("GET", "/current/customers/C-1/Nothing/More")]
    public async Task An_unknown_function_and_a_wrong_verb_are_a_quoted_405(string verb, string path)
    {
        var answer = await house.SendAsync(new HttpMethod(verb), path, verb == "POST" ? "{}" : null);
        Assert.Equal((405, "\"Method Not Allowed\"", 20L), (answer.Status, answer.Body, answer.ContentLength));
        Assert.StartsWith("text/plain", answer.ContentType);
    }

    [Fact]
    public async Task A_write_answers_byte_for_byte_an_empty_200_with_length_0_and_no_chunks()
    {
        var client = await house.IssueAsync(house.Acme);
        const string body = """[{"TemplateID":1,"TemplateName":"A"}]""";
        var raw = await RawAsync($"POST /current/integrations/AddChannelTemplates?ChannelID=505 HTTP/1.1\r\nHost: x\r\nX-API-KEY: {client.Key}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
        Assert.StartsWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", raw);
        Assert.EndsWith("\r\n\r\n", raw);
        Assert.DoesNotContain("Transfer-Encoding", raw, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Set-Cookie", raw, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_missing_key_is_a_401_and_an_unknown_or_expired_token_the_exact_403()
    {
        var missing = await house.GetAsync("/current/general/GetRegisteredEventListeners");
        Assert.Equal((401, true), (missing.Status, missing.Body.StartsWith("Unauthorized", StringComparison.Ordinal)));
        var raw = await RawAsync("GET /current/general/GetLastDataUpdate HTTP/1.1\r\nHost: x\r\nAuthorization-Token: 0d5b9a34-7e0e-4a5b-9f0f-2b6a4c1d8e77\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\nContent-Length: 27\r\n", raw);
        Assert.EndsWith("\r\n\r\nAuthorization-Token Expired", raw);
        (await house.SendAsync(HttpMethod.Get, "/current/general/GetLastDataUpdate", null, key: "opk_unknown")).IsRefused(403, "API key");
    }

    [Fact]
    public async Task A_partner_may_not_call_what_needs_a_client_key_nor_use_another_channel()
    {
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 505);
        (await house.GetAsync("/current/integrations/GetPromotions", partner)).IsRefused(403, "needs a client key");
        (await house.GetAsync("/current/integrations/GetChannelTemplates?ChannelID=506", partner)).IsRefused(403, "channel 506");
        (await house.PostAsync("/current/integrations/DeleteChannelTemplates", """[{"ChannelID":505,"TemplateID":1},{"channelid":506,"TemplateID":1}]""", partner)).IsRefused(403, "channel 506");
        (await house.PostAsync("/current/general/RegisterEventListener", """{"EventTypeID":13,"ChannelID":506,"ListenerURL":"https://p.example/x"}""", partner)).IsRefused(403, "channel 506");
        Assert.Equal(200, (await house.GetAsync("/current/integrations/GetChannelTemplates?ChannelID=505", partner)).Status);
    }

    [Theory]
    [InlineData("{", "not sound JSON")]
    [InlineData("", "not sound JSON")]
    [InlineData("{}", "must be a JSON array")]
    [InlineData("""[{"TemplateID":"8","TemplateName":"A"}]""", "TemplateID must be a whole number in item 1")]
    [InlineData("""[{"TemplateID":8.5,"TemplateName":"A"}]""", "TemplateID must be a whole number")]
    [InlineData("""[{"TemplateID":8,"TemplateName":""}]""", "TemplateName is empty")]
    [InlineData("""[{"TemplateID":8}]""", "TemplateName is missing in item 1")]
    [InlineData("""[{"TemplateID":8,"TemplateName":"A"},7]""", "object is expected in item 2")]
    [InlineData("""[{"TemplateID":8,"TemplateName":"\u0000"}]""", "cannot be kept")]
    [InlineData("""[{"TemplateID":8,"TemplateName":"\ud800"}]""", "not sound JSON")]
    public async Task A_body_that_is_wrong_is_a_400_that_says_where(string body, string words) =>
        (await house.PostAsync("/current/integrations/AddChannelTemplates?ChannelID=505", body, await house.IssueAsync(house.Acme))).IsRefused(400, words);

    [Fact]
    public async Task A_missing_or_malformed_parameter_is_a_400_in_plain_text_that_names_it()
    {
        var client = await house.IssueAsync(house.Acme);
        foreach (var query in new[] { "", "?ChannelID=", "?ChannelID=abc", "?ChannelID=1&channelid=2", "?ChannelID=99999999999" })
        {
            var answer = await house.GetAsync("/current/integrations/GetChannelTemplates" + query, client);
            Assert.Equal((query, 400, "text/plain; charset=utf-8"), (query, answer.Status, answer.ContentType));
            Assert.StartsWith("ChannelID ", answer.Body);
        }
    }

    [Fact]
    public async Task A_post_without_application_json_is_a_400_and_one_that_is_too_long_a_413()
    {
        var client = await house.IssueAsync(house.Acme);
        foreach (var type in new[] { null, "text/plain", "application/x-www-form-urlencoded" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/current/integrations/AddPromotions") { Content = new ByteArrayContent("[]"u8.ToArray()) };
            if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Headers.Add("x-api-key", client.Key);
            (await house.SendAsync(request)).IsRefused(400, "Content-Type: application/json");
        }
        (await house.PostAsync("/current/integrations/AddPromotions", $$"""[{"PromoCode":"A","PromotionName":"{{new string('x', 1 << 20)}}"}]""", client)).IsRefused(413, "longer than");
        (await house.PostAsync("/current/integrations/AddPromotions", $$"""[{"PromoCode":"A","PromotionName":"{{new string('x', 1 << 19)}}"}]""", client)).IsRefused(400, "longer than 250 characters");
    }

    [Fact]
    public async Task Over_the_limit_is_a_429_as_json_until_the_window_ends_for_this_key_alone()
    {
        var (hasty, calm) = (await house.IssueAsync(house.Acme, limit: 3), await house.IssueAsync(house.Acme, limit: 3));
        for (var i = 0; i < 3; i++) Assert.Equal(200, (await house.GetAsync("/Apikey/Info", hasty)).Status);
        var over = await house.GetAsync("/Apikey/Info", hasty);
        Assert.Equal("""{"status":429,"error":"Too Many Requests","message":"limit of 3 requests in 10 seconds reached"}""", over.Body);
        Assert.Equal(429, over.Status);
        Assert.InRange(over.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 10);
        Assert.Equal(200, (await house.GetAsync("/Apikey/Info", calm)).Status);
        house.Clock.Ahead += TimeSpan.FromSeconds(11);
        Assert.Equal(200, (await house.GetAsync("/Apikey/Info", hasty)).Status);
    }

    [Fact]
    public async Task Addresses_of_pages_are_left_alone()
    {
        var page = await house.GetAsync("/sign-in");
        Assert.Contains("Sign in", page.Body);
        Assert.StartsWith("text/html", page.ContentType);
    }

    private async Task<string> RawAsync(string request)
    {
        var address = house.Http.BaseAddress!;
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
