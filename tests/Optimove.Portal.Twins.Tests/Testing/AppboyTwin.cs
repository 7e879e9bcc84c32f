using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Optimove.Portal.Twins.Appboy;
using Optimove.Portal.Twins.Appboy.Campaigns;

namespace Optimove.Portal.Twins.Tests.Testing;

/// <summary>A twin at 2026-03-01 08:00 UTC with an app group behind a key (200 users on iOS, 100 on Android, one without push) and one without a key.</summary>
public sealed class AppboyTwin : IAsyncDisposable
{
    public const string Shop = "shop-1";
    public const string Club = "club-1";
    public const string Key = "key-1";

    private AppboyTwin(TwinHost host, TwinWorld world, MovableClock clock)
    {
        (Host, World, Clock) = (host, world, clock);
        Http = new HttpClient { BaseAddress = host.Appboy("demo") };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public TwinHost Host { get; }
    public TwinWorld World { get; }
    public MovableClock Clock { get; }
    public HttpClient Http { get; }
    public AppboyAccount Account => World.Appboy("demo");
    public AppGroup Group => Account.Group(Shop);

    public static async Task<AppboyTwin> StartAsync()
    {
        var clock = new MovableClock(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var world = new TwinWorld(clock);
        var account = world.AddAppboy("demo");
        var shop = account.AddGroup(Shop, "Shop", Key);
        shop.AddUsers(Users(200));
        shop.AddUsers(Enumerable.Range(200, 100).Select(User), Platforms.Android);
        shop.AddUsers(["silent"], Platforms.None);
        shop.AddCampaign(new AppboyCampaign { Id = "ios", Name = "iOS only", Platforms = Platforms.Ios });
        shop.AddCampaign(new AppboyCampaign { Id = "all", Name = "Everybody", Reeligible = true, HasControl = true });
        account.AddGroup(Club, "Club").AddCampaign(new AppboyCampaign { Id = "club", Name = "Club" });
        return new AppboyTwin(await TwinHost.StartAsync(world, cancellation: TestContext.Current.CancellationToken), world, clock);
    }

    public static string User(int number) => $"U{number}";
    public static IEnumerable<string> Users(int count) => Enumerable.Range(0, count).Select(User);
    public static object[] Recipients(IEnumerable<string> users) => [.. users.Select(user => new { external_user_id = user })];

    public async Task<HttpResponseMessage> RawAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = JsonContent.Create(body);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<(int Status, JsonNode? Body)> CallAsync(string method, string path, object? body = null)
    {
        using var response = await RawAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body) = await CallAsync("GET", path);
        Assert.Equal(200, status);
        return body!;
    }

    public Task<(int Status, JsonNode? Body)> SendAsync(string campaign, IEnumerable<string> users, string order = "opt-1") =>
        CallAsync("POST", "campaigns/trigger/send", new { campaign_id = campaign, recipients = Recipients(users), trigger_properties = new { dispatch_id = order } });

    /// <returns>The schedule's id.</returns>
    public async Task<string> ScheduleAsync(string campaign, IEnumerable<string> users, string time, string order = "opt-1")
    {
        var (status, body) = await CallAsync("POST", "campaigns/trigger/schedule/create",
            new { campaign_id = campaign, recipients = Recipients(users), trigger_properties = new { dispatch_id = order }, schedule = new { time } });
        Assert.Equal((201, "success"), (status, (string?)body!["message"]));
        return (string)body["schedule_id"]!;
    }

    public Task<(int Status, JsonNode? Body)> DeleteAsync(string campaign, string schedule) =>
        CallAsync("POST", "campaigns/trigger/schedule/delete", new { campaign_id = campaign, schedule_id = schedule });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }
}
