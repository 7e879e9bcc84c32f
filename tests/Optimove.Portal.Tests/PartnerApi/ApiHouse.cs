using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Clock;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.PartnerApi;

/// <summary>The portal behind a real HTTP server with the clients acme and globex, each with channels 505 (SMS), 506 (push, with apps) and 250 (triggered).</summary>
public sealed class ApiHouse(TestCluster cluster) : IAsyncLifetime
{
    private WebApplicationFactory<Program>? _server;
    private HttpClient? _http;
    private int _issued;

    public PortalApp App { get; } = new(cluster);
    public WebApplicationFactory<Program> Server => _server ?? throw new InvalidOperationException("The server starts with the test class.");
    public HttpClient Http => _http ?? throw new InvalidOperationException("The server starts with the test class.");
    public PortalClock Clock => Server.Services.GetRequiredService<PortalClock>();
    public TenantScope Acme { get; private set; } = null!;
    public TenantScope Globex { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await App.InitializeAsync();
        _server = App.Start("Development").WithWebHostBuilder(b => b.UseUrls("http://127.0.0.1:0"));
        _server.UseKestrel();
        // Starting blocks its thread, which a test's must not be.
        await Task.Run(_server.StartServer);
        _http = _server.CreateClient();
        (Acme, Globex) = (await TenantAsync("acme"), await TenantAsync("globex"));
        foreach (var tenant in new[] { Acme, Globex })
        {
            await AddChannelAsync(tenant, 505);
            await AddChannelAsync(tenant, 506, hasApps: true);
            await AddChannelAsync(tenant, 250, triggered: true);
        }
    }

    public Task AddChannelAsync(TenantScope tenant, int number, bool hasApps = false, bool triggered = false, bool figuresAdd = false) => InAsync(tenant, s =>
        s.GetRequiredService<SavePartnerChannel>().RunAsync(null, new() { ChannelId = number, Name = $"Channel {number} of {tenant.Slug}", HasApps = hasApps, TriggeredUse = triggered, FiguresAdd = figuresAdd }));

    /// <summary>A credential with a limit that tests do not meet; a partner's with these channels.</summary>
    public async Task<IssuedSecrets> IssueAsync(TenantScope tenant, CredentialKind kind = CredentialKind.Client, int? limit = 10_000, params int[] channels)
    {
        IssuedSecrets? issued = null;
        var draft = new CredentialDraft { Kind = kind, Name = $"Program {Interlocked.Increment(ref _issued)} of {tenant.Slug}", CallsPerWindow = limit, ChannelIds = [.. channels] };
        await InAsync(tenant, async s => issued = await s.GetRequiredService<IssueCredential>().RunAsync(draft));
        return issued!;
    }

    /// <summary>Works inside a client with every right.</summary>
    public Task InAsync(TenantScope tenant, Func<IServiceProvider, Task> work) =>
        Server.Services.GetRequiredService<ForEachTenant>().InScopeAsync(tenant, "test", (s, _) => work(s), TestContext.Current.CancellationToken);

    public async Task<int> IdOfAsync(IssuedSecrets issued) => await App.Database.AskAsync<int>($"select id from api_credentials where user_name = '{issued.UserName}'");

    public Task<Answer> GetAsync(string path, IssuedSecrets? with = null) => SendAsync(HttpMethod.Get, path, null, with?.Key);

    public Task<Answer> PostAsync(string path, string json, IssuedSecrets? with = null) => SendAsync(HttpMethod.Post, path, json, with?.Key);

    public async Task<Answer> SendAsync(HttpMethod verb, string path, string? json, string? key = null, string? token = null)
    {
        using var request = new HttpRequestMessage(verb, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Add("X-API-KEY", key);
        if (token is not null) request.Headers.Add("Authorization-Token", token);
        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Content.Headers.ContentType?.ToString(),
            response.Content.Headers.ContentLength, response.Headers);
    }

    public async Task<string> LogInAsync(IssuedSecrets issued)
    {
        var answer = await PostAsync("/current/general/login", $$"""{"Username":"{{issued.UserName}}","Password":"{{issued.Password}}"}""");
        Assert.Equal(200, answer.Status);
        return answer.Body.Trim('"');
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        await App.DisposeAsync();
    }

    private async Task<TenantScope> TenantAsync(string slug)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return (await db.Tenants.SingleAsync(t => t.Slug == slug)).ToScope();
    }
}

/// <summary>What came back over the wire.</summary>
public sealed record Answer(int Status, string Body, string? ContentType, long? ContentLength, HttpResponseHeaders Headers)
{
    /// <summary>A write that worked: 200, no body, and a length that says so.</summary>
    public void IsDone() => Assert.Equal((200, "", 0L), (Status, Body, ContentLength));

    /// <summary>A refusal as JSON with this status, whose message holds these words.</summary>
    public void IsRefused(int status, string words)
    {
        Assert.Equal((status, "application/json"), (Status, ContentType));
        using var json = System.Text.Json.JsonDocument.Parse(Body);
        Assert.Equal(status, json.RootElement.GetProperty("status").GetInt32());
        Assert.NotEqual("", json.RootElement.GetProperty("error").GetString());
        Assert.Contains(words, json.RootElement.GetProperty("message").GetString());
    }
}
