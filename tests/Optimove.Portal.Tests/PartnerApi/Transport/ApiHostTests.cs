using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Optimove.Portal.Tests.PartnerApi.Transport;

public sealed class ApiHostTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task With_a_host_of_its_own_the_api_is_answered_there_alone_and_no_page_is()
    {
        var client = await house.IssueAsync(house.Acme);
        await using var portal = house.App.Start("Development").WithWebHostBuilder(b => b.UseSetting("PartnerApi:Host", "api.example.com"));
        // Starting blocks its thread, which a test's must not be.
        using var http = await Task.Run(() => portal.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://portal.example.com") }), TestContext.Current.CancellationToken);
        async Task<(HttpStatusCode Status, string Body)> GetAsync(string host, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-API-KEY", client.Key } } };
            request.Headers.Host = host;
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.Content.Headers.ContentLength is not null || !path.StartsWith("/current", StringComparison.Ordinal));
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        Assert.Equal((HttpStatusCode.OK, "[]"), await GetAsync("API.example.com", "/current/integrations/GetPromotions"));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("portal.example.com", "/current/integrations/GetPromotions")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("portal.example.com", "/Integrations/GetPromotions")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("portal.example.com", "/sign-in")).Status);
        foreach (var page in new[] { "/sign-in", "/", "/acme", "/_framework/blazor.web.js" }) Assert.Equal((page, HttpStatusCode.NotFound), (page, (await GetAsync("api.example.com", page)).Status));
        foreach (var host in new[] { "api.example.com", "portal.example.com" })
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/openapi/partner-api.json")).Status);
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/health/live")).Status);
        }
    }
}
