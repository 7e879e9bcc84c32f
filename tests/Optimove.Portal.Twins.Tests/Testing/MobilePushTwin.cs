using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Optimove.Portal.Twins.MobilePush;
using Optimove.Portal.Twins.MobilePush.Catalog;

namespace Optimove.Portal.Twins.Tests.Testing;

/// <summary>A twin with one Marketing Cloud account at 2026-07-01 08:00 UTC: two business units with an app each, messages of every kind, 1,000 contacts of whom three opted out.</summary>
public sealed class MobilePushTwin : IAsyncDisposable
{
    public const string Uk = "7280001";
    public const string De = "7280002";
    public static readonly string Spring = PushMessage.IdOf(42);
    public static readonly string German = PushMessage.IdOf(43);
    private readonly TwinHost _host;

    private MobilePushTwin(TwinHost host, TwinWorld world, MovableClock clock)
    {
        (_host, World, Clock) = (host, world, clock);
        Http = new HttpClient { BaseAddress = host.MobilePush("demo") };
    }

    public TwinWorld World { get; }
    public MovableClock Clock { get; }
    public HttpClient Http { get; }
    public MobilePushAccount Account => World.MobilePush("demo");

    public static async Task<MobilePushTwin> StartAsync()
    {
        var clock = new MovableClock(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));
        var world = new TwinWorld(clock);
        Fill(world.AddMobilePush("demo", "cid", "secret", "7280000"));
        return new MobilePushTwin(await TwinHost.StartAsync(world, cancellation: TestContext.Current.CancellationToken), world, clock);
    }

    private static void Fill(MobilePushAccount account)
    {
        account.AddUnit(Uk, "United Kingdom");
        account.AddUnit(De, "Germany");
        account.AddApp(new PushApp("app-uk", "Shop UK", Uk));
        account.AddApp(new PushApp("app-de", "Shop DE", De) { IsBare = true, Android = false });
        account.AddMessage(new PushMessage { Id = Spring, Name = "UK_Spring", Mid = Uk, AppId = "app-uk" });
        account.AddMessage(new PushMessage { Id = German, Name = "DE_Spring", Mid = De, AppId = "app-de" });
        account.AddMessage(new PushMessage { Id = PushMessage.IdOf(50), Name = "UK_Inbox", Mid = Uk, AppId = "app-uk", MessageType = 8 });
        account.AddMessage(new PushMessage { Id = PushMessage.IdOf(51), Name = "UK_Journey", Mid = Uk, AppId = "app-uk", SendInitiator = 3 });
        account.AddMessage(new PushMessage { Id = PushMessage.IdOf(52), Name = "UK_Draft", Mid = Uk, AppId = "app-uk", Status = 1 });
        account.AddContacts(Enumerable.Range(0, 1000).Select(Key));
        account.AddContacts([Key(997), Key(998), Key(999)], optedIn: false);
    }

    public static string Key(int number) => $"C-{number}";

    public static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(Key)];

    /// <summary>Opens a session and bears its token from here on.</summary>
    public async Task<JsonNode> OpenAsync(string? mid = Uk)
    {
        var (status, session) = await CallAsync("POST", "auth/v2/token", Credentials(mid));
        Assert.Equal(200, status);
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)session!["access_token"]!);
        return session;
    }

    public static Dictionary<string, string> Credentials(string? mid = null, string secret = "secret")
    {
        var credentials = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = "cid", ["client_secret"] = secret };
        if (mid is not null) credentials["account_id"] = mid;
        return credentials;
    }

    public async Task<(int Status, JsonNode? Body)> CallAsync(string method, string path, object? body = null)
    {
        var (status, answer, _) = await AskAsync(method, path, body);
        return (status, answer);
    }

    /// <summary>The status, the body (null when there is none) and the headers.</summary>
    public async Task<(int Status, JsonNode? Body, HttpResponseHeaders Headers)> AskAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers);
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body) = await CallAsync("GET", path);
        Assert.Equal(200, status);
        return body!;
    }

    public Task<(int Status, JsonNode? Body)> PostSendAsync(object body, string? message = null) => CallAsync("POST", $"rest/push/v1/messageContact/{message ?? Spring}/send", body);

    public async Task<string> SendAsync(string[] keys, string? sendTime = null)
    {
        var (status, answer) = await PostSendAsync(sendTime is null ? new { subscriberKeys = keys } : (object)new { subscriberKeys = keys, sendTime });
        Assert.Equal(202, status);
        return (string)answer!["tokenId"]!;
    }

    public Task<JsonNode> DeliveryAsync(string token) => GetAsync($"rest/push/v1/messageContact/{Spring}/deliveries/{token}");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
    }
}
