using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.MailChimp;

public sealed class AccessTests
{
    [Fact]
    public async Task Any_user_name_with_the_key_is_let_in_and_so_is_a_bearer()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        Assert.NotNull((await twin.GetAsync("ping"))["health_status"]);
        twin.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", MailChimpTwin.Key);
        Assert.NotNull((await twin.GetAsync("ping"))["health_status"]);
    }

    [Theory]
    [InlineData("ffffffffffffffff-us6")]
    [InlineData("0123456789abcdef-us5")]
    [InlineData("")]
    public async Task A_wrong_key_and_a_key_of_another_data_centre_are_refused_with_a_problem(string key)
    {
        await using var twin = await MailChimpTwin.StartAsync();
        using var client = twin.NewClient(key);
        using var response = await client.GetAsync("lists", TestContext.Current.CancellationToken);
        await AssertProblemAsync(response, HttpStatusCode.Unauthorized, "API Key Invalid");
    }

    [Fact]
    public async Task A_call_without_a_key_is_refused()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        twin.Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(401, (await twin.CallAsync("GET", "ping")).Status);
    }

    [Theory]
    [InlineData("GET", "nothing/here", HttpStatusCode.NotFound, "Resource Not Found")]
    [InlineData("GET", "lists/unknown", HttpStatusCode.NotFound, "Resource Not Found")]
    [InlineData("PUT", "campaigns", HttpStatusCode.MethodNotAllowed, "Method Not Allowed")]
    public async Task What_is_not_there_is_answered_with_a_problem(string method, string path, HttpStatusCode status, string title)
    {
        await using var twin = await MailChimpTwin.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await twin.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await AssertProblemAsync(response, status, title);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string title)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(title, (string?)problem["title"]);
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.All(["type", "detail", "instance"], field => Assert.NotEmpty((string)problem[field]!));
    }
}
