using Optimove.Portal.Channels.Partners;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Providers;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.Partner;

namespace Optimove.Portal.Shell.Demo;

/// <summary>The demo's integration partner: a channel for text messages and one for those that a trigger sends, a key for them, and a twin that plays the partner's programs.</summary>
internal sealed class DemoPartner(SavePartnerChannel save, IssueCredential issue, TwinWorld world)
{
    public const int Triggered = 250;
    private const string Account = DemoTwin.Account;
    private const int Scheduled = 505;
    private static readonly string[] Attributes = ["first_name", "favourite"];
    private static readonly PartnerTemplate[] Templates = [new(1700000000000101, "Your order is on its way"), new(1700000000000102, "Weekend offer by text"), new(1700000000000103, "Still thinking about it?")];

    public async Task DefineAsync(CancellationToken cancellation)
    {
        await save.RunAsync(null, new() { ChannelId = Scheduled, Name = "Text messages", Kind = Channel.Sms, Tags = [.. Attributes] }, cancellation);
        await save.RunAsync(null, new() { ChannelId = Triggered, Name = "Text messages, at once", Kind = Channel.Sms, TriggeredUse = true, Tags = [.. Attributes] }, cancellation);
        var secrets = await issue.RunAsync(new() { Kind = CredentialKind.Partner, Name = "Comet SMS", ChannelIds = [Scheduled, Triggered], Fields = [.. Attributes] }, cancellation);
        world.AddPartner(Account, new(Nowhere, secrets.Key, secrets.SigningKey, Scheduled, Triggered, Attributes)).Templates.AddRange(Templates);
    }

    /// <summary>The partner's programs call the portal where it listens now.</summary>
    public static void Open(TwinWorld world, Uri portal)
    {
        if (world.TryPartner(Account, out var account)) account.Access = account.Access with { Portal = portal };
    }

    /// <summary>The template that triggered messages use, as the partner numbers it.</summary>
    public static PartnerTemplate AtOnce => Templates[^1];

    // Until the portal listens, nobody answers there.
    private static Uri Nowhere => new("http://127.0.0.1:9/");
}
