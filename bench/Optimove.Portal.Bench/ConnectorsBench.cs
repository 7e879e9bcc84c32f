using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Optimove.Portal.Providers;
using Optimove.Portal.Providers.Appboy;
using Optimove.Portal.Providers.Cheetah;
using Optimove.Portal.Providers.MobilePush;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.Appboy;
using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Cheetah;
using Optimove.Portal.Twins.MobilePush;
using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Bench;

/// <summary>
/// The push of each connector beside MailChimp's, to its twin, against a bare loop that sends the very same calls over as many connections
/// as the provider allows; where the list is one file, both write it piece by piece as it leaves. Timed are the calls that carry recipients, from the first one's beginning to the last one's answer.
/// </summary>
public static class ConnectorsBench
{
    private const double LeastRatio = 0.9;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("BENCH_ROUNDS"), out var rounds) ? rounds : 5;

    /// <param name="Carrier">How the address of a call ends that carries recipients.</param>
    /// <param name="Step">How the ledger's step begins that makes such a call.</param>
    /// <param name="Connections">Calls in the air at once.</param>
    private sealed record Candidate(IProvider Provider, ProviderConnection Connection, string Template, string? Scope, int Recipients, string Carrier, string Step, int Connections, Action<TimeSpan> Slow);

    public static async Task<bool> RunAsync()
    {
        var world = new TwinWorld(TimeProvider.System);
        await using var twin = await TwinHost.StartAsync(world);
        var services = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.None)).AddProviders(o => o.AllowLoopback = true);
        await using var providers = services.BuildServiceProvider();
        var catalog = providers.GetRequiredService<ProviderCatalog>();
        Console.WriteLine($"connectors: calls that carry recipients, answered after 40 ms; {Rounds} rounds, medians");
        var held = true;
        foreach (var candidate in new[] { Cheetah(world, twin, catalog), MobilePush(world, twin, catalog), Appboy(world, twin, catalog) }) held &= await MeasureAsync(candidate);
        return held;
    }

    private static async Task<bool> MeasureAsync(Candidate candidate)
    {
        candidate.Slow(TimeSpan.FromMilliseconds(40));
        var calls = await RecordAsync(candidate);
        List<double> bare = [], ours = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var loop = candidate.Provider.Info.WholeList
                ? await CallRecording.StreamAsync(calls.Single(), "\"file\":\"", Pieces(candidate), Dispatch(0), $"again-{round:00}")
                : await CallRecording.ReplayAsync(calls, candidate.Connections, Dispatch(0), $"again-{round:00}");
            var push = await PushAsync(candidate, candidate.Connection, Dispatch(round + 1));
            if (round == 0) continue;
            bare.Add(candidate.Recipients / loop);
            ours.Add(candidate.Recipients / push);
        }
        var ratio = Median(ours) / Median(bare);
        Console.WriteLine($"  {candidate.Provider.Info.Key,-10} {candidate.Recipients,7:N0} recipients in {calls.Count,5:N0} calls: bare loop {Median(bare),9:N0}/s   1.00;   connector {Median(ours),9:N0}/s   {ratio:F2}   limit {LeastRatio}: {(ratio >= LeastRatio ? "held" : "broken")}");
        return ratio >= LeastRatio;
    }

    private static string Dispatch(int number) => $"bench-{number:00}";

    private static async Task<IReadOnlyList<RecordedCall>> RecordAsync(Candidate candidate)
    {
        await using var recording = await CallRecording.StartAsync(candidate.Connection.BaseAddress!, candidate.Carrier);
        await PushAsync(candidate, candidate.Connection with { BaseAddress = recording.Address }, Dispatch(0));
        return recording.Calls;
    }

    private static async Task<double> PushAsync(Candidate candidate, ProviderConnection connection, string dispatch)
    {
        var now = TimeProvider.System.GetUtcNow();
        var order = new SendOrder
        {
            DispatchId = dispatch, TemplateId = candidate.Template, ScopeId = candidate.Scope, CreatedAt = now, Recipients = candidate.Recipients,
            SendAt = new DateTimeOffset(now.UtcDateTime.Date.AddHours(now.Hour + 2), TimeSpan.Zero),
        };
        var ledger = new TimedLedger(candidate.Step);
        await candidate.Provider.SendAsync(connection, order, Chunks(candidate).ToAsyncEnumerable(), ledger, CancellationToken.None);
        return ledger.Took.TotalSeconds;
    }

    // A list that goes as one file is written as it leaves by both: each piece's rows joined, in Base64.
    private static IEnumerable<string> Pieces(Candidate candidate) =>
        Chunks(candidate).Select(chunk => string.Concat(chunk.Recipients.Select(r => r.Address + "\n"))).Prepend("CUSTOMER_ID\n");

    // Made before the clock runs, as the bare loop's bodies are.
    private static List<RecipientChunk> Chunks(Candidate candidate) =>
    [
        .. Enumerable.Range(1, candidate.Recipients).Chunk(candidate.Provider.Info.ChunkSize)
            .Select((chunk, i) => new RecipientChunk(candidate.Provider.Info.WholeList ? 1 : i + 1, [.. chunk.Select(n => new Recipient(Customer(n), Customer(n)))])),
    ];

    private static Candidate Cheetah(TwinWorld world, TwinHost twin, ProviderCatalog catalog)
    {
        const int recipients = 250_000;
        var account = world.AddCheetah("bench", new CheetahKeys("consumer-1", "secret-1", "client-1"));
        account.Switches = new CheetahSwitches { ImportQueued = TimeSpan.Zero, ImportTakes = TimeSpan.Zero, CalculationTakes = TimeSpan.Zero };
        account.AddFolder(37001, "Optimove");
        account.AddMapTo("CUSTOMER_ID");
        account.AddPeople(Enumerable.Range(1, recipients).Select(Customer));
        var template = account.AddTemplate(37001, "Bench", "<p>Bench</p>").ToString(System.Globalization.CultureInfo.InvariantCulture);
        var settings = new CheetahSettings
        {
            ApiEndpoint = "https://api.cheetah.test", ConsumerKey = "consumer-1", ConsumerSecret = "secret-1", ClientIdentifier = "client-1", CustId = "4410", PropMapId = "2207",
            FolderId = "37001", IdentifierField = "CUSTOMER_ID", TimeZone = "Romance_Standard_Time",
        };
        return new(catalog["cheetah"], new(1, settings, twin.Cheetah("bench")), template, null, recipients, "/Import", "upload/", 1, d => Slow(account.Faults, "POST /api/Import", d));
    }

    private static Candidate MobilePush(TwinWorld world, TwinHost twin, ProviderCatalog catalog)
    {
        const int recipients = 250_000;
        var account = world.AddMobilePush("bench", "client1", "secret1", "7280000");
        account.AddUnit("7280001", "France");
        account.AddApp(new PushApp("app-1", "Shop", "7280001"));
        account.AddContacts(Enumerable.Range(1, recipients).Select(Customer));
        account.AddMessage(new PushMessage { Id = PushMessage.IdOf(1), Name = "FR_Bench", Mid = "7280001", AppId = "app-1", Title = "Bench", Alert = "Bench" });
        var settings = new MobilePushSettings { Subdomain = "bench", ClientId = "client1", ClientSecret = "secret1", Apps = "app-1; Shop", BusinessUnits = "7280001; France; FR_" };
        return new(catalog["mobilepush"], new(2, settings, twin.MobilePush("bench")), $"7280001/{PushMessage.IdOf(1)}", "app-1", recipients, "/send", catalog["mobilepush"].Info.TellsTimeBy,
            4, d => Slow(account.Faults, "POST /push/v1/messageContact/{messageId}/send", d));
    }

    private static Candidate Appboy(TwinWorld world, TwinHost twin, ProviderCatalog catalog)
    {
        const int recipients = 50_000;
        var account = world.AddAppboy("bench");
        var group = account.AddGroup("shop-1", "Shop", "key-1");
        group.AddUsers(Enumerable.Range(1, recipients).Select(Customer));
        group.AddCampaign(new AppboyCampaign { Id = "bench", Name = "Optimove_Bench", Platforms = Platforms.Ios, Reeligible = true });
        var settings = new AppboySettings { Host = "https://rest.iad-03.braze.com", AppGroups = "shop-1; Shop; shop-ios", RestKeys = "shop-1; key-1" };
        return new(catalog["appboy"], new(3, settings, twin.Appboy("bench")), "bench", "shop-1", recipients, "/schedule/create", catalog["appboy"].Info.TellsTimeBy, 10,
            d => Slow(account.Faults, "POST /campaigns/trigger/schedule/create", d));
    }

    private static void Slow(FaultSwitches faults, string endpoint, TimeSpan delay) => faults.Set(new Fault(FaultKind.Slow) { Endpoint = endpoint, Delay = delay });

    private static string Customer(int number) => $"C-{number:000000}";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Remembers nothing but when the steps ran that carry recipients.</summary>
    private sealed class TimedLedger(string carries) : ILedger
    {
        private readonly Lock _lock = new();
        private readonly List<LedgerStep> _steps = [];
        private long _first = long.MaxValue, _last;

        public TimeSpan Took => Stopwatch.GetElapsedTime(_first, _last);

        public Task<IReadOnlyList<LedgerStep>> ReadAsync(CancellationToken cancellation)
        {
            lock (_lock) return Task.FromResult<IReadOnlyList<LedgerStep>>([.. _steps]);
        }

        public async Task<StepAnswer> RunAsync(string step, int? chunk, Func<CancellationToken, Task<StepAnswer>> call, CancellationToken cancellation)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await call(cancellation);
            lock (_lock)
            {
                if (step.StartsWith(carries, StringComparison.Ordinal)) (_first, _last) = (Math.Min(_first, began), Math.Max(_last, Stopwatch.GetTimestamp()));
                _steps.Add(new(step, chunk, StepState.Accepted, answer, null));
            }
            return answer;
        }

        public Task SettleAsync(string step, StepAnswer? answer, CancellationToken cancellation) => throw new NotSupportedException();
        public Task CancelledAsync(string step, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
