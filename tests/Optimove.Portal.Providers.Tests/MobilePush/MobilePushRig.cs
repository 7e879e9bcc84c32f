using Optimove.Portal.Providers.MobilePush;
using Optimove.Portal.Providers.Tests.Testing;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.MobilePush;
using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.MobilePush.Observed;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.MobilePush;

/// <summary>MobilePush's connector against Marketing Cloud's twin: two business units, an app in each. Each order has a message of its own, by which the twin's deliveries tell the orders apart.</summary>
public sealed class MobilePushRig : ProviderRig
{
    public const string Send = "POST /push/v1/messageContact/{messageId}/send";
    public const string Token = "POST /v2/token";
    public const string UkMid = "7280001";
    public const string DeMid = "7280002";
    public const string UkApp = "b1f0c1de-7a52-4d0e-9a3e-2f6f1c0d8e11";
    public const string DeApp = "c2a1d2ef-8b63-4e1f-8b4f-3a7a2d1e9f22";
    public const string Apps = $"{UkApp}; Shop UK\n{DeApp}; Shop DE";
    public const string Units = $"{UkMid}; United Kingdom; UK_\n{DeMid}; Germany; DE_";

    private readonly TwinHost _host;
    private int _messages = 100;

    private MobilePushRig(TwinHost host, MobilePushAccount account, ShiftedClock clock) : base("mobilepush", clock) => (_host, Account) = (host, account);

    public MobilePushAccount Account { get; }
    public override ProviderConnection Connection => With();
    public override ProviderConnection Revoked => With(secret: "takenback");
    public override string Template => $"{UkMid}/{PushMessage.IdOf(1)}";
    public override string? Scope => UkApp;
    public override string UnusableTemplate => $"{UkMid}/{PushMessage.IdOf(2)}";
    public override bool CanTakeBack => false;
    public override bool NamesUnknown => false;
    public override bool FiguresGrow => false;
    public override int MostAtOnce => MobilePushAssumptions.Connections;
    public override int PeakAtOnce => Account.PeakConcurrency;
    public override string Unknown => "nobody";
    public override DataFacts Data => new(1000, "contact_key", 990, new Dictionary<string, long>(), new HashSet<string> { "contact_key" }, Clock.GetUtcNow().AddHours(-6));

    public static async Task<ProviderRig> StartAsync()
    {
        var clock = new ShiftedClock();
        var world = new TwinWorld(clock);
        var account = world.AddMobilePush("demo", "client1", "secret1", "7280000");
        account.AddUnit(UkMid, "United Kingdom");
        account.AddUnit(DeMid, "Germany");
        account.AddApp(new PushApp(UkApp, "Shop UK", UkMid));
        account.AddApp(new PushApp(DeApp, "Shop DE", DeMid) { Android = false, IsBare = true });
        account.AddContacts(Enumerable.Range(0, 40_000).Select(Key));
        account.AddMessage(Message(1, "UK_Spring"));
        account.AddMessage(Message(2, "Spring without prefix"));
        account.AddMessage(new PushMessage { Id = PushMessage.IdOf(3), Name = "DE_Spring", Mid = DeMid, AppId = DeApp });
        return new MobilePushRig(await TwinHost.StartAsync(world), account, clock);
    }

    public static PushMessage Message(int number, string name) => new() { Id = PushMessage.IdOf(number), Name = name, Mid = UkMid, AppId = UkApp, Title = "Spring", Alert = "Spring is here & now" };

    public ProviderConnection With(string secret = "secret1", string apps = Apps, string? units = Units, string? mark = null) =>
        new(1, new MobilePushSettings { Subdomain = "mcdemo", ClientId = "client1", ClientSecret = secret, Apps = apps, BusinessUnits = units, ApiTriggeredMark = mark }, _host.MobilePush(Account.Name));

    public override SendOrder Order(int recipients, string? template = null)
    {
        var number = ++_messages;
        if (template is null) Account.AddMessage(Message(number, $"UK_Order {number}"));
        return base.Order(recipients, template ?? $"{UkMid}/{PushMessage.IdOf(number)}");
    }

    public override IReadOnlyList<string> WritesOfAPush(int chunks) => [.. Enumerable.Repeat(Send, chunks)];

    public override void LoseAnswer(string write, int call) => Account.Faults.Set(new Fault(FaultKind.AnswerLost) { Endpoint = write, FromCall = call, Times = 1 });

    public override void RefuseForLoad(int calls, bool withReason) =>
        Account.Faults.Set(withReason ? new Fault(FaultKind.TooManyRequests) { Times = calls, Delay = TimeSpan.Zero } : new Fault(FaultKind.Blocked) { Times = calls });

    public override void AnswerSlowly() => Account.Faults.Set(new Fault(FaultKind.Slow) { Endpoint = Send, Delay = TimeSpan.FromMilliseconds(30) });

    public override void ClearFaults() => Account.Faults.Clear();

    public override IReadOnlyList<string> Reachable(int count) => [.. Enumerable.Range(0, count).Select(Key)];

    public override Task<IReadOnlyList<string>> MessagesOfAsync(SendOrder order) => Task.FromResult<IReadOnlyList<string>>(
        [.. Account.Deliveries(MessageOf(order), includeScheduled: true).SelectMany(d => Enumerable.Repeat(d.Key, d.Value))]);

    /// <summary>Accepted calls: there is nothing else that an order leaves.</summary>
    public override Task<int> LeftoversOfAsync(SendOrder order) => Task.FromResult(SendsOf(order).Count);

    public IReadOnlyList<SendState> SendsOf(SendOrder order) => Account.SendsOf(MessageOf(order));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _host.DisposeAsync();
    }

    private static string MessageOf(SendOrder order) => order.TemplateId[(order.TemplateId.IndexOf('/') + 1)..];

    private static string Key(int i) => $"C-{i}";
}
