using Optimove.Portal.Data;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.MailChimp;
using Optimove.Portal.Twins.MailChimp.Lists;

namespace Optimove.Portal.Shell.Demo;

/// <summary>The provider of the demo: a MailChimp twin on the loopback address, kept between runs beside the database. Development only.</summary>
internal sealed class DemoTwin : IAsyncDisposable
{
    public const string Account = "demo";
    public const string ListId = "a1b2c3d4e5";
    /// <summary>Opens nothing but the twin.</summary>
    public const string ApiKey = "demo0key0of0the0twin0only-us6";

    public static readonly (string Id, string Subject, string Preview)[] Subjects =
    [
        ("10021", "Early access: the new season is yours first", "Two days before everybody else"),
        ("10022", "A little thank you from Aurelia", "Your voucher waits inside"),
        ("10023", "We miss you. So does your favourite scent", "Come back and find what is new"),
        ("10024", "The weekend edit", "Eight things worth a look"),
    ];

    private static readonly (int Id, string Name, string Headline, string Kind)[] Templates =
    [
        (10021, "Early access", "The new season, two days before everybody else", "template"),
        (10022, "Thank you voucher", "Thank you for being with us", "template"),
        (10023, "We miss you", "It has been a while", "template"),
        (10024, "Weekend edit", "Eight things worth a look", "template"),
        (10025, "Gift guide", "Find the right gift", "template"),
        (10026, "Opening night, new builder", "You are invited", "multichannel"),
    ];

    private DemoTwin(TwinHost host) => Host = host;

    public TwinHost Host { get; }
    public Uri Address => Host.MailChimp(Account);

    /// <summary>Starts the twins, and points every twin connection of the database at where they listen now.</summary>
    public static async Task<DemoTwin> StartAsync(IServiceProvider services, int port, string? statePath, CancellationToken cancellation = default)
    {
        var world = services.GetRequiredService<TwinWorld>();
        if (statePath is null || !await world.LoadAsync(statePath, cancellation)) Seed(world);
        TwinHost host;
        try
        {
            host = await TwinHost.StartAsync(world, port, statePath, cancellation);
        }
        catch (IOException)
        {
            host = await TwinHost.StartAsync(world, 0, statePath, cancellation);
        }
        await using var command = services.GetRequiredService<OwnerDatabase>().Source.CreateCommand(
            "update connections set twin_address = regexp_replace(twin_address, '^https?://[^/]+/', $1) where twin_address is not null");
        command.Parameters.Add(new() { Value = host.BaseAddress.ToString() });
        await command.ExecuteNonQueryAsync(cancellation);
        return new(host);
    }

    /// <summary>Most customers' addresses are in the list; some are not, some have unsubscribed there.</summary>
    public static void AddMembers(TwinWorld world, IEnumerable<DemoCustomer> customers)
    {
        var account = world.MailChimp(Account);
        var addressed = customers.Where(c => c.Email is not null).ToList();
        account.AddMembers(ListId, addressed.Where(c => c.Number % 61 != 0 && c.Number % 97 != 0).Select(c => c.Email!));
        account.AddMembers(ListId, addressed.Where(c => c.Number % 97 == 0 && c.Number % 61 != 0).Select(c => c.Email!), MemberStatus.Unsubscribed);
    }

    private static void Seed(TwinWorld world)
    {
        DemoProviders.Seed(world);
        var account = world.AddMailChimp(Account, ApiKey);
        account.AddDomain("aurelia.example");
        account.AddList(ListId, "Aurelia customers");
        foreach (var (id, name, headline, kind) in Templates)
        {
            account.AddTemplate(new() { Id = id, Name = name, ContentType = kind, Html = Page(name, headline), CreatedAt = world.Clock.GetUtcNow(), EditedAt = world.Clock.GetUtcNow() });
        }
    }

    private static string Page(string name, string headline) => $"""
        <html><body style="margin:0;background:#f3efe8;font-family:Georgia,serif;color:#2b2620">
        <table role="presentation" width="100%"><tr><td align="center" style="padding:32px">
        <table role="presentation" width="560" style="background:#fff"><tr><td style="padding:28px 40px;letter-spacing:4px;font-size:13px">AURELIA</td></tr>
        <tr><td style="background:#2b2620;color:#f3efe8;padding:56px 40px;font-size:34px;line-height:42px">{headline}</td></tr>
        <tr><td style="padding:32px 40px;font-size:16px;line-height:26px">Dear *|FNAME|*,<br><br>this is the {name.ToLowerInvariant()} letter of Aurelia Stores.</td></tr>
        <tr><td style="padding:0 40px 40px"><a href="https://aurelia.example" style="background:#2b2620;color:#fff;padding:14px 28px;text-decoration:none">See it in the shop</a></td></tr>
        <tr><td style="padding:20px 40px;font-size:12px;color:#857a6c">You get this because you are a customer of Aurelia Stores. *|UNSUB|*</td></tr>
        </table></td></tr></table></body></html>
        """;

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
