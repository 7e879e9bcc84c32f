using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Optimove.Portal.Providers.MailChimp;
using Optimove.Portal.Providers.Tests.Testing;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.MailChimp;
using Optimove.Portal.Twins.MailChimp.Templates;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.MailChimp;

/// <summary>MailChimp's connector against MailChimp's twin; what the twin holds is read through the API by a client of its own.</summary>
public sealed class MailChimpRig : ProviderRig
{
    public const string ListId = "a1b2c3d4e5";
    private const string Key = "0123456789abcdef0123456789abcdef-us6";
    private const string AddMembers = "POST /lists/{list_id}/segments/{segment_id}";

    private readonly TwinHost _host;
    private readonly HttpClient _http;

    private MailChimpRig(TwinHost host, MailChimpAccount account, ShiftedClock clock) : base("mailchimp", clock)
    {
        (_host, Account) = (host, account);
        _http = new HttpClient { BaseAddress = host.MailChimp(account.Name) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"test:{Key}")));
    }

    public MailChimpAccount Account { get; }
    public override ProviderConnection Connection => With(Key);
    public override ProviderConnection Revoked => With("ffffffffffffffffffffffffffffffff-us6");
    public override string Template => "10023";
    public override string UnusableTemplate => "10024";
    public override int MostAtOnce => 10;
    public override int PeakAtOnce => Account.PeakConcurrency;
    public override string Unknown => "gone@nowhere.test";

    public static async Task<ProviderRig> StartAsync()
    {
        var clock = new ShiftedClock();
        var world = new TwinWorld(clock);
        var account = world.AddMailChimp("demo", Key);
        account.SegmentDelay = TimeSpan.FromMilliseconds(30);
        account.AddList(ListId, "Shop");
        account.AddMembers(ListId, Enumerable.Range(0, 5000).Select(Address));
        account.AddDomain("shop.test");
        account.AddTemplate(new MailTemplate { Id = 10023, Name = "Spring", Html = "<p>Spring</p>" });
        account.AddTemplate(new MailTemplate { Id = 10024, Name = "New builder", ContentType = "multichannel" });
        return new MailChimpRig(await TwinHost.StartAsync(world), account, clock);
    }

    public ProviderConnection With(string key, string listId = ListId, string replyTo = "news@shop.test") =>
        new(1, new MailChimpSettings { ApiKey = key, ListId = listId, FromName = "Shop", ReplyTo = replyTo }, _host.MailChimp(Account.Name));

    public override IReadOnlyList<string> WritesOfAPush(int chunks) =>
        ["POST /lists/{list_id}/segments", .. Enumerable.Repeat(AddMembers, chunks), "POST /campaigns", "POST /campaigns/{campaign_id}/actions/schedule"];

    public override void LoseAnswer(string write, int call) => Account.Faults.Set(new Fault(FaultKind.AnswerLost) { Endpoint = write, FromCall = call, Times = 1 });

    public override void RefuseForLoad(int calls, bool withReason) => Account.Faults.Set(new Fault(withReason ? FaultKind.TooManyRequests : FaultKind.BareForbidden) { Times = calls });

    public override void ClearFaults() => Account.Faults.Clear();

    public override IReadOnlyList<string> Reachable(int count) => [.. Enumerable.Range(0, count).Select(Address)];

    public override async Task<IReadOnlyList<string>> MessagesOfAsync(SendOrder order)
    {
        var messages = new List<string>();
        foreach (var campaign in await CampaignsAsync(order))
        {
            if ((string)campaign!["status"]! is not ("schedule" or "sending" or "sent"))
                continue;
            var segment = campaign["recipients"]!["segment_opts"]?["saved_segment_id"];
            Assert.True(segment is not null, "The campaign goes to the whole list.");
            messages.AddRange(await MembersAsync((int)segment, (int)campaign["recipients"]!["recipient_count"]!));
        }
        return messages;
    }

    public override async Task<int> LeftoversOfAsync(SendOrder order) => (await SegmentsAsync(order)).Count + (await CampaignsAsync(order)).Count;

    public async Task<List<JsonNode?>> CampaignsAsync(SendOrder order) =>
        [.. (await GetAsync("campaigns?count=1000"))["campaigns"]!.AsArray().Where(c => (string)c!["settings"]!["title"]! == order.DispatchId)];

    public async Task<List<JsonNode?>> SegmentsAsync(SendOrder order) =>
        [.. (await GetAsync($"lists/{ListId}/segments?count=1000"))["segments"]!.AsArray().Where(s => (string)s!["name"]! == order.DispatchId)];

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(path))!;

    public Task PostAsync(string path, string json) => _http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _http.Dispose();
        await _host.DisposeAsync();
    }

    /// <summary>The segment's members; of a cleaned-up segment only their number is left.</summary>
    private async Task<IEnumerable<string>> MembersAsync(int segment, int count)
    {
        var members = new List<string>();
        for (var offset = 0; offset < count; offset += 1000)
        {
            using var page = await _http.GetAsync($"lists/{ListId}/segments/{segment}/members?count=1000&offset={offset}");
            if (!page.IsSuccessStatusCode)
                return Enumerable.Range(0, count).Select(Address);
            members.AddRange(JsonNode.Parse(await page.Content.ReadAsStringAsync())!["members"]!.AsArray().Select(m => (string)m!["email_address"]!));
        }
        return members;
    }

    private static string Address(int i) => $"customer{i}@mail{i % 7}.test";
}
