using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Channels.Partners.Listeners;
using Optimove.Portal.Channels.Partners.Templates;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.PartnerApi;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Deciding;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Sending.Triggers.Events;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Bench;

/// <summary>
/// Events by API with a live trigger of three visits within an hour: a POST that is answered once the event is on disk, against the
/// same POST to the same server that parses the body and does nothing with it, and against the same call that is admitted and checked and not kept.
/// Each over as many callers as commits can share, by which the limit is judged, and over few, for information. The time until every trigger has
/// been decided by all of the events is counted in. Then a minute of events at a pace, and how long it takes from
/// the sending of an event that meets a trigger until the listener has been called.
/// </summary>
public static partial class EventsBench
{
    private const double LeastRatio = 0.3;
    private const int Few = 64, Many = 256, BulkCallers = 8, Customers = 20_000, Bulk = 1000, Warm = 5;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("BENCH_ROUNDS"), out var rounds) ? rounds : 5;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(3);

    public static async Task<bool> RunAsync()
    {
        await using var cluster = await BenchCluster.StartAsync();
        await using var app = await ServeAsync(cluster);
        var (client, key) = await PlantAsync(app, cluster);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Many }) { BaseAddress = new(app.Urls.Single()) };
        http.DefaultRequestHeaders.Add("X-API-KEY", key);
        var held = await CompareAsync(app, client, http);
        return await KeepPaceAsync(app, http) && held;
    }

    private static async Task<bool> CompareAsync(WebApplication app, TenantScope client, HttpClient http)
    {
        var loads = new[] { new Load(Few), new Load(Many) };
        List<double> bulk = [];
        for (var round = -Warm; round < Rounds; round++)
        {
            var kept = round >= 0; // the first rounds warm server and JIT, which takes a process under full load most of a minute
            foreach (var load in loads)
            {
                load.Add(kept, await PostAsync(http, "/parse-only", load.Callers), await PostAsync(http, "/Events/ReportEvent?CheckOnly=true", load.Callers),
                    await PostAsync(http, "/Events/ReportEvent", load.Callers, ended: DecidedAsync));
            }
            if (await PostAsync(http, "/Events/ReportEvents", BulkCallers, Bulk, DecidedAsync) is var many && kept) bulk.Add(many);
        }
        Console.WriteLine($"events: single POSTs, client and database on the same machine; {Rounds} rounds of {Each.TotalSeconds:0} s, medians");
        foreach (var load in loads)
        {
            Console.WriteLine($"  over {load.Callers} connections: parsed {load.Parsed:N0} a second, admitted and checked {load.Checked:N0}, kept and decided {load.Kept:N0}; {load.Kept / load.Parsed:F2} of parsed, {load.Kept / load.Checked:F2} of checked");
        }
        var ratio = loads[^1].Kept / loads[^1].Parsed;
        Console.WriteLine($"  kept and decided of parsed over {Many} connections: {ratio:F2}, limit at least {LeastRatio}: {(ratio >= LeastRatio ? "held" : "broken")}");
        Console.WriteLine($"  the most that was kept and decided of the most that was parsed, over either number: {loads.Max(l => l.Kept) / loads.Max(l => l.Parsed):F2}");
        Console.WriteLine($"  in calls of {Bulk:N0}: {Median(bulk):N0} events a second kept and decided");
        return ratio >= LeastRatio;

        Task DecidedAsync() => app.Services.GetRequiredService<ForEachTenant>().InScopeAsync(client, "bench", (s, c) => s.GetRequiredService<DecideEvents>().RunAsync(c), default);
    }

    /// <summary>Calls a second of each kind, round by round.</summary>
    private sealed class Load(int callers)
    {
        private readonly List<double> _parsed = [], _checked = [], _kept = [];

        public int Callers => callers;
        public double Parsed => Median(_parsed);
        public double Checked => Median(_checked);
        public double Kept => Median(_kept);

        public void Add(bool counts, double parsed, double admitted, double kept)
        {
            if (!counts) return;
            _parsed.Add(parsed);
            _checked.Add(admitted);
            _kept.Add(kept);
        }
    }

    private static async Task<WebApplication> ServeAsync(BenchCluster cluster)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var options = new DatabaseOptions(cluster.ConnectionString.Replace("Pooling=false", "Pooling=true", StringComparison.Ordinal), new byte[32], "bench");
        builder.Services.AddTenancy().AddData(options, development: false).AddProviders(o => o.AllowLoopback = true);
        builder.Services.AddCustomers().AddTargetGroups().AddChannels().AddCampaigns().AddSending().AddPartnerApi();
        var app = builder.Build();
        await app.Services.GetRequiredService<PrepareDatabase>().RunAsync();
        app.UsePartnerApi();
        app.MapPost("/parse-only", ParseAsync);
        app.MapPost("/listen", Arrivals.TakeAsync);
        await app.StartAsync();
        return app;
    }

    private static async Task ParseAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        http.Response.StatusCode = body.RootElement.GetProperty("EventID").GetString() is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
    }

    /// <returns>A client's key without a limit.</returns>
    private static async Task<(TenantScope Client, string Key)> PlantAsync(WebApplication app, BenchCluster cluster)
    {
        TenantScope client;
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var tenant = db.Tenants.Add(new() { Slug = "bench", Name = "Bench", TimeZone = "UTC", Currency = "EUR", AssignmentKey = new byte[32], CreatedAt = TimeProvider.System.GetUtcNow() }).Entity;
            await db.SaveChangesAsync();
            client = tenant.ToScope();
        }
        await app.Services.GetRequiredService<ProvisionTenant>().RunAsync(client.Id);
        await cluster.RunAsync($"insert into {client.Schema}.customers select 'C-' || n from generate_series(0, {Customers - 1}) n");
        var key = "";
        await app.Services.GetRequiredService<ForEachTenant>().InScopeAsync(client, "bench", async (services, _) => key = await PlantAsync(services, app.Urls.Single()), default);
        await cluster.RunAsync("update api_credentials set calls_per_window = 1000000000; analyze");
        return (client, key);
    }

    private static async Task<string> PlantAsync(IServiceProvider services, string host)
    {
        var issued = await services.GetRequiredService<IssueCredential>().RunAsync(new() { Kind = CredentialKind.Client, Name = "bench" });
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var credential = await db.ApiCredentials.Select(c => c.Id).SingleAsync();
        var visit = await services.GetRequiredService<SaveEventDefinition>().RunAsync(null, new() { Name = "page_visit", Parameters = [new() { Name = "page" }, new() { Name = "seconds", Type = AttributeType.Integer }] });
        var checkout = await services.GetRequiredService<SaveEventDefinition>().RunAsync(null, new() { Name = "checkout" });
        // Nobody listens at the first, so that no more is measured than the answer.
        await StartAsync(services, credential, 250, "http://127.0.0.1:9/", new([new(visit, new All([new AttributeRule("page", Operator.StartsWith, ["/shoes"])]))], 3, 60, null));
        await StartAsync(services, credential, 251, $"{host}/listen", new([new(checkout, new All([]))], 1, null, null));
        return issued.Key;
    }

    private static async Task StartAsync(IServiceProvider services, int credential, int channel, string listener, TriggerRule rule)
    {
        await services.GetRequiredService<SavePartnerChannel>().RunAsync(null, new() { ChannelId = channel, Name = $"Bench {channel}", TriggeredUse = true });
        await services.GetRequiredService<AddChannelTemplates>().RunAsync(channel, [new(8, "Bench", null)]);
        await services.GetRequiredService<RegisterListener>().RunAsync(credential, RegisterListener.TriggerMet, channel, listener);
        var group = await services.GetRequiredService<SaveTargetGroup>().RunAsync(new(null, 0, $"All {channel}", new All([])));
        var action = (await services.GetRequiredService<TriggerChannels>().ListAsync(default)).Single(c => c.Number == channel).Templates.Single().ActionId;
        var saved = await services.GetRequiredService<SaveTriggeredCampaign>().RunAsync(null, 0, new()
        {
            Name = $"Trigger {channel}", Rule = rule, TargetGroupId = group.Id, ChannelId = channel, ActionId = action, EntryDays = 1, ControlShare = 0,
        });
        await services.GetRequiredService<StartTriggeredCampaign>().RunAsync(saved.Id);
    }

    /// <param name="callers">How many call at once, each over a connection of its own.</param>
    /// <param name="size">Events in a call.</param>
    /// <param name="ended">What has to be over before the time is taken.</param>
    /// <returns>Events a second.</returns>
    private static async Task<double> PostAsync(HttpClient http, string path, int callers, int size = 1, Func<Task>? ended = null)
    {
        var (watch, answered) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async worker =>
        {
            var random = new Random(worker);
            while (watch.Elapsed < Each)
            {
                using var content = new StringContent(size == 1 ? Event(random) : $"[{string.Join(',', Enumerable.Range(0, size).Select(_ => Event(random)))}]", Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync(path, content);
                if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                Interlocked.Add(ref answered, size);
            }
        }));
        if (ended is not null) await ended();
        return answered / watch.Elapsed.TotalSeconds;
    }

    private static string Event(Random random) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"EventID":"{{Guid.NewGuid():N}}","EventType":"page_visit","CustomerID":"C-{{random.Next(Customers)}}","TimeStamp":"{{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm:ss.fff}}","Parameters":{"page":"/shoes/{{random.Next(100)}}","seconds":{{random.Next(300)}} } }""");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
