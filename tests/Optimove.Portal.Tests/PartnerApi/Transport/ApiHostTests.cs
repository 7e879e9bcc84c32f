using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Optimove.Portal.PartnerApi;

namespace Optimove.Portal.Tests.PartnerApi.Transport;

public sealed class ApiHostTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task With_a_host_of_its_own_the_api_is_answered_there_alone_and_no_page_is()
    {
        var client = await house.IssueAsync(house.Acme);
        house.Server.Services.GetRequiredService<IOptions<PartnerApiOptions>>().Value.Host = "api.example.com";
        async Task<Answer> GetAsync(string host, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-API-KEY", client.Key } } };
            request.Headers.Host = host;
            return await house.SendAsync(request);
        }
        var answer = await GetAsync("API.example.com", "/current/integrations/GetPromotions");
        Assert.Equal((200, "[]", 2L), (answer.Status, answer.Body, answer.ContentLength));
        foreach (var path in new[] { "/current/integrations/GetPromotions", "/Integrations/GetPromotions", "/v4/general/login" })
        {
            var elsewhere = await GetAsync("portal.example.com", path);
            elsewhere.IsRefused(404, "not answered at this host");
            Assert.NotNull(elsewhere.ContentLength);
        }
        Assert.Contains("Sign in", (await GetAsync("portal.example.com", "/sign-in")).Body);
        foreach (var page in new[] { "/sign-in", "/", "/acme", "/_framework/blazor.web.js" }) (await GetAsync("api.example.com", page)).IsRefused(404, "nothing at this address");
        foreach (var host in new[] { "api.example.com", "portal.example.com" })
        {
            Assert.Equal(200, (await GetAsync(host, "/openapi/partner-api.json")).Status);
            Assert.Equal(200, (await GetAsync(host, "/health/live")).Status);
        }
    }
}
