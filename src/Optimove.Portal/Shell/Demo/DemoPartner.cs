using Optimove.Portal.Channels.Partners;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Providers;
using Optimove.Portal.Twins;

namespace Optimove.Portal.Shell.Demo;

/// <summary>The demo's integration partner: a channel for text messages, a key for it, and a twin that plays the partner's programs.</summary>
internal sealed class DemoPartner(SavePartnerChannel save, IssueCredential issue, TwinWorld world)
{
    public const string Account = DemoTwin.Account;
    private const int Number = 505;
    private static readonly string[] Attributes = ["first_name", "favourite"];

    public async Task RunAsync(CancellationToken cancellation)
    {
        await save.RunAsync(null, new() { ChannelId = Number, Name = "Text messages", Kind = Channel.Sms, Tags = [.. Attributes] }, cancellation);
        var secrets = await issue.RunAsync(new() { Kind = CredentialKind.Partner, Name = "Comet SMS", ChannelIds = [Number], Fields = [.. Attributes] }, cancellation);
        var account = world.AddPartner(Account, new(Nowhere, secrets.Key, secrets.SigningKey, Number, null, Attributes));
        account.Templates.AddRange([new(1700000000000101, "Your order is on its way"), new(1700000000000102, "Weekend offer by text"), new(1700000000000103, "We miss you")]);
    }

    /// <summary>The partner's programs call the portal where it listens now.</summary>
    public static void Open(TwinWorld world, Uri portal)
    {
        if (world.TryPartner(Account, out var account)) account.Access = account.Access with { Portal = portal };
    }

    // Until the portal listens, nobody answers there.
    private static Uri Nowhere => new("http://127.0.0.1:9/");
}
