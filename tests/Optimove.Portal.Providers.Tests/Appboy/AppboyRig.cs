using Optimove.Portal.Providers.Appboy;
using Optimove.Portal.Providers.Tests.Testing;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.Appboy;
using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.Appboy;

/// <summary>Appboy's connector against Appboy's twin: an app group with a REST key, and an older one whose id gives access.</summary>
public sealed class AppboyRig : ProviderRig
{
    public const string Shop = "shop-0c7a41d2";
    public const string Club = "club-77b1e09c";
    public const string Schedule = "POST /campaigns/trigger/schedule/create";
    private const string Key = "1f0c27aa-93d4";

    private readonly TwinHost _host;

    private AppboyRig(TwinHost host, AppboyAccount account, ShiftedClock clock) : base("appboy", clock) => (_host, Account) = (host, account);

    public AppboyAccount Account { get; }
    public AppGroup Group => Account.Group(Shop);
    public override ProviderConnection Connection => With(Key);
    public override ProviderConnection Revoked => With("ffffffff-ffff");
    public override string Template => "spring";
    public override string UnusableTemplate => "letter";
    public override string? Scope => Shop;
    public override bool NamesUnknown => false;
    public override int MostAtOnce => 10;
    public override int PeakAtOnce => Account.PeakConcurrency;
    public override string Unknown => "nobody";

    public override DataFacts Data => new(1000, "customer_id", 1000,
        new Dictionary<string, long> { ["shop-ios"] = 400, ["shop-android"] = 300, ["club-ios"] = 200 }, new HashSet<string>(), Clock.GetUtcNow().AddHours(-6));

    public static async Task<ProviderRig> StartAsync()
    {
        var clock = new ShiftedClock();
        var world = new TwinWorld(clock);
        var account = world.AddAppboy("demo");
        var shop = account.AddGroup(Shop, "Shop", Key);
        shop.AddUsers(Enumerable.Range(0, 1000).Select(Customer));
        shop.AddCampaign(new AppboyCampaign { Id = "spring", Name = "Optimove_Spring", Platforms = Platforms.Ios, Reeligible = true });
        shop.AddCampaign(new AppboyCampaign { Id = "letter", Name = "Newsletter", Platforms = Platforms.None, Channel = "email" });
        var club = account.AddGroup(Club, "Club");
        club.AddUsers(Enumerable.Range(0, 1000).Select(Customer), Platforms.Android);
        club.AddCampaign(new AppboyCampaign { Id = "club", Name = "Optimove_Club", Platforms = Platforms.Android, Reeligible = true });
        return new AppboyRig(await TwinHost.StartAsync(world), account, clock);
    }

    public ProviderConnection With(string key) => new(1, new AppboySettings
    {
        Host = "https://rest.iad-03.braze.com",
        AppGroups = $"{Shop}; Shop; shop-ios, shop-android\n{Club};Club;club-ios",
        RestKeys = $"{Shop}; {key}",
    }, _host.Appboy(Account.Name));

    public override IReadOnlyList<string> WritesOfAPush(int chunks) => [.. Enumerable.Repeat(Schedule, chunks)];

    public override void LoseAnswer(string write, int call) => Account.Faults.Set(new Fault(FaultKind.AnswerLost) { Endpoint = write, FromCall = call, Times = 1 });

    public override void RefuseForLoad(int calls, bool withReason) => Account.Faults.Set(new Fault(withReason ? FaultKind.TooManyRequests : FaultKind.BareTooManyRequests) { Times = calls });

    public override void ClearFaults() => Account.Faults.Clear();

    public override void AnswerSlowly() => Account.Faults.Set(new Fault(FaultKind.Slow) { Endpoint = Schedule, Delay = TimeSpan.FromMilliseconds(50) });

    public override IReadOnlyList<string> Reachable(int count) => [.. Enumerable.Range(0, count).Select(Customer)];

    public override Task<IReadOnlyList<string>> MessagesOfAsync(SendOrder order) => Task.FromResult<IReadOnlyList<string>>(
        [.. Account.Group(order.ScopeId!).Deliveries(order.DispatchId, includeScheduled: true).SelectMany(d => Enumerable.Repeat(d.Key, d.Value))]);

    public override Task<int> LeftoversOfAsync(SendOrder order) => Task.FromResult(Account.Group(order.ScopeId!).Waiting(order.DispatchId));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _host.DisposeAsync();
    }

    private static string Customer(int i) => $"C-{i}";
}
