using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Optimove.Portal.Twins.MailChimp;
using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.MailChimp.Templates;

namespace Optimove.Portal.Twins.Tests.Testing;

/// <summary>A twin with one account at 2026-03-01 08:00 UTC: a list of 1,000 members (of whom three are not subscribed), templates, a verified sender.</summary>
public sealed class MailChimpTwin : IAsyncDisposable
{
    public const string Key = "0123456789abcdef-us6";
    public const string List = "a1b2c3d4e5";
    private readonly TwinHost _host;

    private MailChimpTwin(TwinHost host, TwinWorld world, MovableClock clock)
    {
        (_host, World, Clock) = (host, world, clock);
        Http = NewClient(Key);
    }

    public TwinWorld World { get; }
    public MovableClock Clock { get; }
    public HttpClient Http { get; }
    public MailChimpAccount Account => World.MailChimp("demo");
    public TwinHost Host => _host;

    public static async Task<MailChimpTwin> StartAsync()
    {
        var clock = new MovableClock(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var world = new TwinWorld(clock);
        Fill(world.AddMailChimp("demo", Key));
        return new MailChimpTwin(await TwinHost.StartAsync(world, cancellation: TestContext.Current.CancellationToken), world, clock);
    }

    private static void Fill(MailChimpAccount account)
    {
        account.AddList(List, "Shop");
        account.AddMembers(List, Enumerable.Range(0, 997).Select(Address));
        account.AddMembers(List, [Address(997), Address(998)], MemberStatus.Unsubscribed);
        account.AddMembers(List, [Address(999)], MemberStatus.Cleaned);
        for (var id = 10001; id <= 10025; id++)
            account.AddTemplate(new MailTemplate { Id = id, Name = $"Template {id}", Html = $"<html><body><p>Hello from {id}</p></body></html>" });
        account.AddTemplate(new MailTemplate { Id = 10100, Name = "New builder", ContentType = "multichannel", Html = "<p>Real content</p>" });
        account.AddTemplate(new MailTemplate { Id = 20001, Name = "Basic", Type = "base" });
        account.AddDomain("shop.example");
        account.AddDomain("new.example", verified: false);
    }

    public static string Address(int number) => $"person{number}@mail.test";

    public HttpClient NewClient(string key)
    {
        var client = new HttpClient { BaseAddress = _host.MailChimp("demo") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anyone:{key}")));
        return client;
    }

    /// <summary>The status and the body, which is null when there is none.</summary>
    public async Task<(int Status, JsonNode? Body)> CallAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body) = await CallAsync("GET", path);
        Assert.Equal(200, status);
        return body!;
    }

    /// <summary>A processed segment of the first members of the list.</summary>
    public async Task<int> SegmentAsync(int members, string name = "opt-1")
    {
        var (_, made) = await CallAsync("POST", $"lists/{List}/segments", new { name, static_segment = Array.Empty<string>() });
        var id = (int)made!["id"]!;
        foreach (var chunk in Enumerable.Range(0, members).Select(Address).Chunk(500))
            await CallAsync("POST", $"lists/{List}/segments/{id}", new { members_to_add = chunk });
        Clock.Move(Account.SegmentDelay);
        return id;
    }

    public static object Order(int segment, string title = "opt-1", string subject = "Spring is here", string replyTo = "news@shop.example", int template = 10001) => new
    {
        type = "regular",
        recipients = new { list_id = List, segment_opts = new { saved_segment_id = segment, match = "any" } },
        settings = new { title, subject_line = subject, from_name = "Shop", reply_to = replyTo, template_id = template },
    };

    public async Task<string> CampaignAsync(int segment, string title = "opt-1")
    {
        var (status, made) = await CallAsync("POST", "campaigns", Order(segment, title));
        Assert.Equal(200, status);
        return (string)made!["id"]!;
    }

    public Task<(int Status, JsonNode? Body)> ScheduleAsync(string campaign, string time) =>
        CallAsync("POST", $"campaigns/{campaign}/actions/schedule", new { schedule_time = time });

    /// <summary>A campaign to the first members, which has been sent.</summary>
    public async Task<string> SentAsync(int members, string title = "opt-1")
    {
        var campaign = await CampaignAsync(await SegmentAsync(members, title), title);
        Assert.Equal(204, (await CallAsync("POST", $"campaigns/{campaign}/actions/send")).Status);
        Clock.Move(Account.SendingTakes);
        return campaign;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
    }
}
