using System.Text.Json;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.Appboy;
using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Cheetah;
using Optimove.Portal.Twins.MobilePush;
using Optimove.Portal.Twins.MobilePush.Catalog;

namespace Optimove.Portal.Shell.Demo;

/// <summary>A connection of the demo beside MailChimp, with settings and secrets as its form would save them; it opens nothing but a twin.</summary>
internal sealed record DemoConnection(string Provider, string Name, string Settings, string Secrets, Uri Twin);

/// <summary>The demo client's accounts at Cheetah Messaging, MobilePush and Appboy, played by twins.</summary>
internal static class DemoProviders
{
    private const string Account = DemoTwin.Account, Mid = "7280001", App = "b1f0c1de-7a52-4d0e-9a3e-2f6f1c0d8e11", Group = "0c7a41d2-5b1e", RestKey = "demo-key-of-the-twin-only",
        PushClient = "demo0client0of0the0twin";
    private const long Folder = 37001;
    private static readonly CheetahKeys Keys = new("demo-consumer", "demo-secret-of-the-twin-only", "demo-client");

    public static void Seed(TwinWorld world)
    {
        var cheetah = world.AddCheetah(Account, Keys);
        cheetah.AddFolder(Folder, "Optimove");
        cheetah.AddMapTo("CUSTOMER_ID", "FIRST_NAME", "FAVOURITE");
        foreach (var name in new[] { "Spring letter", "Back in stock", "Your year with us" }) cheetah.AddTemplate(Folder, name, $"<p>Dear FIRST_NAME, this is the letter “{name}”.</p>");
        cheetah.AddTemplate(Folder, "Welcome, triggered", "<p>Welcome</p>", typeId: "TRIGGERED");

        var push = world.AddMobilePush(Account, PushClient, "demo-secret-of-the-twin-only", "7280000");
        push.AddUnit(Mid, "France");
        push.AddApp(new PushApp(App, "Aurelia app", Mid));
        foreach (var (number, name) in new[] { (1, "FR_Summer sale"), (2, "FR_New in the shop"), (3, "Sale without prefix") })
            push.AddMessage(new PushMessage { Id = PushMessage.IdOf(number), Name = name, Mid = Mid, AppId = App, Title = "Aurelia", Alert = "Something new waits for you" });

        var appboy = world.AddAppboy(Account).AddGroup(Group, "Aurelia apps", RestKey);
        appboy.AddCampaign(new() { Id = "optimove-summer-ios", Name = "Optimove_SummerSale iOS", Platforms = Platforms.Ios, Reeligible = true });
        appboy.AddCampaign(new() { Id = "optimove-summer-android", Name = "Optimove_SummerSale Android", Platforms = Platforms.Android, Reeligible = true });
        appboy.AddCampaign(new() { Id = "newsletter", Name = "Newsletter", Platforms = Platforms.None, Channel = "email" });
    }

    public static void AddPeople(TwinWorld world, IReadOnlyCollection<DemoCustomer> customers)
    {
        world.Cheetah(Account).AddPeople(customers.Where(c => c.Number % 50 != 0).Select(c => c.Id));
        var users = customers.Where(c => c.App is not null).ToList();
        world.MobilePush(Account).AddContacts(users.Select(c => c.ContactKey!));
        var group = world.Appboy(Account).Group(Group);
        group.AddUsers(users.Where(c => c.App == DemoCustomer.Ios).Select(c => c.Id), Platforms.Ios);
        group.AddUsers(users.Where(c => c.App == DemoCustomer.Android).Select(c => c.Id), Platforms.Android);
    }

    public static IReadOnlyList<DemoConnection> Connections(TwinHost host) =>
    [
        new("cheetah", "Cheetah Messaging", JsonSerializer.Serialize(new
        {
            ApiEndpoint = "https://api.eccmp.com", Keys.ClientIdentifier, CustId = "4410", PropMapId = "2207", FolderId = Folder.ToString(System.Globalization.CultureInfo.InvariantCulture),
            IdentifierField = "CUSTOMER_ID", DataMapFields = "FIRST_NAME; first_name\nFAVOURITE; favourite", TimeZone = "Romance_Standard_Time",
        }), JsonSerializer.Serialize(new { Keys.ConsumerKey, Keys.ConsumerSecret }), host.Cheetah(Account)),
        new("mobilepush", "MobilePush", JsonSerializer.Serialize(new
        {
            Subdomain = "demo", ClientId = PushClient, Apps = $"{App}; Aurelia app", BusinessUnits = $"{Mid}; France; FR_",
        }), JsonSerializer.Serialize(new { ClientSecret = "demo-secret-of-the-twin-only" }), host.MobilePush(Account)),
        new("appboy", "Appboy Push", JsonSerializer.Serialize(new
        {
            Host = "https://rest.iad-03.braze.com", AppGroups = $"{Group}; Aurelia apps; {DemoCustomer.Ios}, {DemoCustomer.Android}",
        }), JsonSerializer.Serialize(new { RestKeys = $"{Group}; {RestKey}" }), host.Appboy(Account)),
    ];
}
