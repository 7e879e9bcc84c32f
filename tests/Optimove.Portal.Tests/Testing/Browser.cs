using System.Net;
using System.Text.RegularExpressions;

namespace Optimove.Portal.Tests.Testing;

/// <summary>Reads pages and submits their forms as a browser without scripts does, anti-forgery token included.</summary>
public sealed partial class Browser(HttpClient client)
{
    public Task<HttpResponseMessage> GetAsync(string address) => client.GetAsync(address, TestContext.Current.CancellationToken);

    public async Task<string> ReadAsync(string address) => WebUtility.HtmlDecode(await (await GetAsync(address)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    public Task<HttpResponseMessage> PostAsync(string address, Dictionary<string, string> fields) =>
        client.PostAsync(address, new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);

    /// <summary>Opens the page, fills the form of this name in and submits it.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string address, string form, Dictionary<string, string> fields) =>
        SubmitToAsync(address, address, new(fields) { ["_handler"] = form });

    /// <summary>Opens the page and submits a form on it that goes to another address.</summary>
    public async Task<HttpResponseMessage> SubmitToAsync(string address, string target, Dictionary<string, string>? fields = null)
    {
        var page = await (await GetAsync(address)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var token = Token().Match(page);
        Assert.True(token.Success, $"{address} has no form.");
        return await PostAsync(target, new(fields ?? []) { ["__RequestVerificationToken"] = WebUtility.HtmlDecode(token.Groups[1].Value) });
    }

    /// <summary>Posts a text as the body, as a script on the page would: with the page's token in a header, or without where there is no page.</summary>
    public async Task<HttpResponseMessage> SendAsync(string? page, string target, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body)) };
        if (page is not null)
        {
            var token = Token().Match(await (await GetAsync(page)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.True(token.Success, $"{page} has no token.");
            request.Headers.Add("RequestVerificationToken", WebUtility.HtmlDecode(token.Groups[1].Value));
        }
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

public static class AnswerExtensions
{
    public static async Task<string> TextAsync(this HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
