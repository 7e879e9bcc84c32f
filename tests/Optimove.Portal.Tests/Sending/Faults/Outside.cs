using System.Globalization;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.Appboy;
using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Cheetah;
using Optimove.Portal.Twins.MobilePush;
using Optimove.Portal.Twins.MobilePush.Catalog;

namespace Optimove.Portal.Tests.Sending.Faults;

/// <summary>A provider as a <see cref="SendingWorld"/> has it: an account at the twin that knows the customers C-1 to C-n, and a connection that opens it.</summary>
/// <param name="Arrange">Makes the account and answers with the id of the template to send.</param>
/// <param name="Deliveries">How often each person is reached by everything that was handed over so far.</param>
/// <param name="RejectsSome">Whether some customers are unknown there and named as rejected.</param>
internal sealed record Outside(
    string Provider, Func<TwinWorld, int, string> Arrange, Func<TwinHost, Uri> Address, object Settings, object Secrets, (string? Scope, string? Subject) Template,
    Func<TwinWorld, IReadOnlyDictionary<string, int>> Deliveries, bool RejectsSome)
{
    /// <summary>Customers are known by a Contact Key or use an app.</summary>
    public bool ByPush => Provider is "mobilepush" or "appboy";

    /// <summary>From now to the send time; null: some hours, on every provider's grid.</summary>
    public TimeSpan? SendIn { get; init; }

    public static Outside MailChimp { get; } = new("mailchimp",
        (world, customers) =>
        {
            var account = world.AddMailChimp("test", SendingWorld.ApiKey);
            account.SegmentDelay = TimeSpan.Zero;
            account.AddDomain("shop.example");
            account.AddList(SendingWorld.ListId, "Customers");
            account.AddTemplate(new() { Id = 7, Name = "Spring", Html = "<p>Spring</p>" });
            account.AddMembers(SendingWorld.ListId, Known(customers).Select(n => $"c{n}@mail.example"));
            return "7";
        },
        host => host.MailChimp("test"), new { SendingWorld.ListId, FromName = "Shop", ReplyTo = "news@shop.example" }, new { SendingWorld.ApiKey }, (null, "Spring is here"),
        world => world.MailChimp("test").Deliveries(includeScheduled: true), RejectsSome: true);

    public static Outside Cheetah { get; } = new("cheetah",
        (world, customers) =>
        {
            var account = world.AddCheetah("test", new CheetahKeys("consumer-1", "secret-1", "client-1"));
            var soon = TimeSpan.FromMilliseconds(15);
            account.Switches = new CheetahSwitches { ImportQueued = soon, ImportTakes = soon, CalculationTakes = soon };
            account.AddFolder(37001, "Optimove");
            account.AddMapTo("CUSTOMER_ID");
            account.AddPeople(Known(customers).Select(Customer));
            return account.AddTemplate(37001, "Spring", "<p>Spring</p>").ToString(CultureInfo.InvariantCulture);
        },
        host => host.Cheetah("test"),
        new { ApiEndpoint = "https://api.cheetah.test", ClientIdentifier = "client-1", CustId = "4410", PropMapId = "2207", FolderId = "37001", IdentifierField = "CUSTOMER_ID", TimeZone = "Romance_Standard_Time" },
        new { ConsumerKey = "consumer-1", ConsumerSecret = "secret-1" }, (null, null), world => world.Cheetah("test").Deliveries(includeScheduled: true), RejectsSome: true);

    public static Outside MobilePush { get; } = new("mobilepush",
        (world, customers) =>
        {
            var account = world.AddMobilePush("test", "client1", "secret1", "7280000");
            account.AddUnit("7280001", "France");
            account.AddApp(new PushApp("app-1", "Shop", "7280001"));
            account.AddContacts(Enumerable.Range(1, customers).Select(Customer));
            account.AddMessage(new PushMessage { Id = PushMessage.IdOf(1), Name = "FR_Spring", Mid = "7280001", AppId = "app-1", Title = "Spring", Alert = "Spring is here" });
            return $"7280001/{PushMessage.IdOf(1)}";
        },
        host => host.MobilePush("test"), new { Subdomain = "test", ClientId = "client1", Apps = "app-1; Shop", BusinessUnits = "7280001; France; FR_" }, new { ClientSecret = "secret1" },
        ("app-1", null), world => world.MobilePush("test").Deliveries(includeScheduled: true), RejectsSome: false) { SendIn = TimeSpan.FromMinutes(25) };

    public static Outside Appboy { get; } = new("appboy",
        (world, customers) =>
        {
            var group = world.AddAppboy("test").AddGroup("shop-1", "Shop", "key-1");
            group.AddUsers(Enumerable.Range(1, customers).Select(Customer));
            group.AddCampaign(new AppboyCampaign { Id = "spring", Name = "Optimove_Spring", Platforms = Platforms.Ios, Reeligible = true });
            return "spring";
        },
        host => host.Appboy("test"), new { Host = "https://rest.iad-03.braze.com", AppGroups = $"shop-1; Shop; {SendingWorld.App}" }, new { RestKeys = "shop-1; key-1" }, ("shop-1", null),
        world => world.Appboy("test").Group("shop-1").Deliveries(includeScheduled: true), RejectsSome: false);

    /// <summary>A partner, who fetches the list by itself.</summary>
    public static Outside Partner { get; } = new("partner-sms", (_, _) => "1700000000000123", host => host.BaseAddress, new { ChannelId = 505 }, new { }, (null, null), _ => new Dictionary<string, int>(), RejectsSome: false);

    public static Outside Of(string provider) => new[] { MailChimp, Cheetah, MobilePush, Appboy }.Single(o => o.Provider == provider);

    // Every fifteenth customer is not there.
    private static IEnumerable<int> Known(int customers) => Enumerable.Range(1, customers).Where(n => n % 15 != 0);

    private static string Customer(int number) => $"C-{number}";
}
