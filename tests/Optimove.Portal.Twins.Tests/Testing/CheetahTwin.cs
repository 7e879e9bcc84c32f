using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Optimove.Portal.Twins.Cheetah;

namespace Optimove.Portal.Twins.Tests.Testing;

/// <summary>A twin with one account at 2026-03-01 08:00 UTC: a table of 1,000 people, a Data Map of two columns, a folder. Calls carry a token.</summary>
public sealed class CheetahTwin : IAsyncDisposable
{
    public const long Folder = 37001;
    public static readonly CheetahKeys Keys = new("consumer-1", "secret-1", "client-1");
    private readonly TwinHost _host;

    private CheetahTwin(TwinHost host, TwinWorld world, MovableClock clock)
    {
        (_host, World, Clock) = (host, world, clock);
        Http = new HttpClient { BaseAddress = host.Cheetah("demo") };
    }

    public TwinWorld World { get; }
    public MovableClock Clock { get; }
    public HttpClient Http { get; }
    public CheetahAccount Account => World.Cheetah("demo");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<CheetahTwin> StartAsync()
    {
        var clock = new MovableClock(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var world = new TwinWorld(clock);
        var account = world.AddCheetah("demo", Keys);
        account.AddFolder(Folder, "Optimove");
        account.AddMapTo("CUSTOMER_ID", "FIRST_NAME");
        account.AddPeople(Enumerable.Range(0, 1000).Select(Identifier));
        var twin = new CheetahTwin(await TwinHost.StartAsync(world, cancellation: Stop), world, clock);
        await twin.SignInAsync();
        return twin;
    }

    public static string Identifier(int number) => $"C-{number}";

    public async Task SignInAsync()
    {
        var (_, body) = await TokenAsync(Keys.ConsumerKey, Keys.ConsumerSecret, Keys.ClientIdentifier);
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)body!["access_token"]!);
    }

    public Task<(int Status, JsonNode? Body)> TokenAsync(string key, string secret, string? client = null) => SendAsync("POST", "services2/authorization/oAuth2/Token",
        new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = key, ["password"] = secret, ["client_id"] = client ?? "" }));

    /// <summary>The status and the body, which is null when there is none.</summary>
    public Task<(int Status, JsonNode? Body)> CallAsync(string method, string path, object? body = null) =>
        SendAsync(method, $"services2/api/{path}", body is null ? null : JsonContent.Create(body));

    public async Task<(int Status, JsonNode? Body)> SendAsync(string method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        using var response = await Http.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body) = await CallAsync("GET", path);
        Assert.Equal(200, status);
        return body!;
    }

    public Task<(int Status, JsonNode? Body)> ImportAsync(string file, string name = "opt-1-list") => CallAsync("POST", "Import", new
    {
        cust_id = 4410, prop_map_id = 2207, type_id = "LOAD_AND_SEND", obj = new { display_name = name, parent_obj_id = Folder },
        import_file = new { encoding = "utf-8", file = Convert.ToBase64String(Encoding.UTF8.GetBytes(file)) },
    });

    /// <summary>An import of the first people that is done.</summary>
    public async Task<long> ImportedAsync(int people, string name = "opt-1-list")
    {
        var (status, made) = await ImportAsync("CUSTOMER_ID\n" + string.Concat(Enumerable.Range(0, people).Select(i => Identifier(i) + "\n")), name);
        Assert.Equal(200, status);
        Clock.Move(Account.Switches.ImportQueued + Account.Switches.ImportTakes);
        return (long)made!["import_id"]!;
    }

    public static object Campaign(long? import, string name = "opt-1", string start = "2026-03-01T10:00:00", string zone = "GMT_Standard_Time") => new
    {
        campName = name, custId = 4410, channelTypeId = "EMAIL", typeId = "REGULAR", loadAndSendImportId = import,
        campParam = new { sendSchedule = new { startTime = start, timeZone = zone } }, obj = new { display_name = name, type_id = "CampaignEmail", parent_obj_id = Folder },
    };

    public async Task<long> CampaignAsync(long? import, string name = "opt-1", string start = "2026-03-01T10:00:00", string zone = "GMT_Standard_Time")
    {
        var (status, made) = await CallAsync("POST", "EmailCampaign", Campaign(import, name, start, zone));
        Assert.Equal(200, status);
        return (long)made!["campId"]!;
    }

    public Task<(int Status, JsonNode? Body)> ActAsync(long campaign, string action) => CallAsync("PUT", $"EmailCampaign?id={campaign}", new { campId = campaign, campAction = action });

    public async Task<string> StatusOfAsync(long campaign) => (string)(await GetAsync($"EmailCampaign?id={campaign}"))["status"]!;

    /// <summary>A campaign that goes out at 10:00 UTC.</summary>
    public async Task<long> ApprovedAsync(long? import, string name = "opt-1")
    {
        var campaign = await CampaignAsync(import, name);
        await ActAsync(campaign, "LAUNCH");
        Clock.Move(Account.Switches.CalculationTakes);
        Assert.Equal(200, (await ActAsync(campaign, "APPROVE")).Status);
        return campaign;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
    }
}
