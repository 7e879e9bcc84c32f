using System.Globalization;
using Optimove.Portal.Providers.Cheetah;
using Optimove.Portal.Providers.Tests.Testing;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.Cheetah;
using Optimove.Portal.Twins.Cheetah.Campaigns;
using Optimove.Portal.Twins.Cheetah.Observed;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.Cheetah;

/// <summary>Cheetah's connector against Cheetah's twin.</summary>
public sealed class CheetahRig : ProviderRig
{
    public const long FolderId = 37001;
    public const string PostImport = "POST /api/Import";
    public const string PostCampaign = "POST /api/EmailCampaign";
    public const string Launch = "PUT /api/EmailCampaign LAUNCH";
    public const string Approve = "PUT /api/EmailCampaign APPROVE";
    private static readonly CheetahKeys Keys = new("consumer-1", "secret-1", "client-1");

    private readonly TwinHost _host;
    private readonly long _template;
    private readonly long _triggered;

    private CheetahRig(TwinHost host, CheetahAccount account, ShiftedClock clock) : base("cheetah", clock)
    {
        (_host, Account) = (host, account);
        _template = account.AddTemplate(FolderId, "Spring", "<p>Spring</p>");
        _triggered = account.AddTemplate(FolderId, "Welcome", "<p>Welcome</p>", typeId: "TRIGGERED");
    }

    public CheetahAccount Account { get; }
    public CheetahSettings Settings { get; } = new()
    {
        ApiEndpoint = "https://api.cheetah.test", ConsumerKey = Keys.ConsumerKey, ConsumerSecret = Keys.ConsumerSecret, ClientIdentifier = Keys.ClientIdentifier,
        CustId = "4410", PropMapId = "2207", FolderId = FolderId.ToString(CultureInfo.InvariantCulture), IdentifierField = "CUSTOMER_ID", TimeZone = "Central_Standard_Time",
    };

    public override ProviderConnection Connection => With(Settings);
    public override ProviderConnection Revoked => With(Settings with { ConsumerSecret = "secret-2" });
    public override string Template => _template.ToString(CultureInfo.InvariantCulture);
    public override string UnusableTemplate => _triggered.ToString(CultureInfo.InvariantCulture);
    public override int MostAtOnce => 2;
    public override int PeakAtOnce => Account.PeakConcurrency;
    public override string Unknown => "C-gone";
    public override DataFacts Data => new(1000, "customer_id", 1000, new Dictionary<string, long>(), new HashSet<string> { "first_name", "favourite" }, Clock.GetUtcNow().AddHours(-6));

    public static async Task<ProviderRig> StartAsync()
    {
        var clock = new ShiftedClock();
        var world = new TwinWorld(clock);
        var account = world.AddCheetah("demo", Keys);
        var soon = TimeSpan.FromMilliseconds(15);
        account.Switches = new CheetahSwitches { ImportQueued = soon, ImportTakes = soon, CalculationTakes = soon };
        account.AddFolder(FolderId, "Optimove");
        account.AddMapTo("CUSTOMER_ID", "FIRST_NAME", "FAVOURITE");
        account.AddPeople(Enumerable.Range(0, 10_000).Select(Identifier));
        return new CheetahRig(await TwinHost.StartAsync(world), account, clock);
    }

    public ProviderConnection With(CheetahSettings settings) => new(1, settings, _host.Cheetah(Account.Name));

    public override IReadOnlyList<string> WritesOfAPush(int chunks) => [PostImport, PostCampaign, Launch, Approve];

    public override void LoseAnswer(string write, int call) => Account.Faults.Set(new Fault(FaultKind.AnswerLost) { Endpoint = write, FromCall = call, Times = 1 });

    public override void RefuseForLoad(int calls, bool withReason) => Account.Faults.Set(new Fault(withReason ? FaultKind.TooManyRequests : FaultKind.BareTooManyRequests) { Times = calls });

    public override void AnswerSlowly() => Account.Faults.Set(new Fault(FaultKind.Slow) { Delay = TimeSpan.FromMilliseconds(30), Times = 16 });

    public override void ClearFaults() => Account.Faults.Clear();

    public override IReadOnlyList<string> Reachable(int count) => [.. Enumerable.Range(0, count).Select(Identifier)];

    public override Task<IReadOnlyList<string>> MessagesOfAsync(SendOrder order) =>
        Task.FromResult<IReadOnlyList<string>>([.. Account.Deliveries(order.DispatchId, includeScheduled: true).SelectMany(d => Enumerable.Repeat(d.Key, d.Value))]);

    public override Task<int> LeftoversOfAsync(SendOrder order) => Task.FromResult(CampaignsOf(order).Count(c => !c.Deleted) + ImportsOf(order).Count(i => !i.Deleted));

    public IReadOnlyList<CampaignLine> CampaignsOf(SendOrder order) => [.. Account.Observe().Campaigns.Where(c => c.Name == order.DispatchId)];

    public IReadOnlyList<ImportLine> ImportsOf(SendOrder order) => [.. Account.Observe().Imports.Where(i => i.Name.StartsWith(order.DispatchId + "-", StringComparison.Ordinal))];

    public CampaignStatus StatusOf(SendOrder order) => CampaignsOf(order).Single().Status;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _host.DisposeAsync();
    }

    private static string Identifier(int i) => $"C-{1000 + i}";
}
