namespace Optimove.Portal.Providers.Partner;

/// <summary>What there is to know of a partner's channel: the number by which its programs call it.</summary>
public sealed record PartnerSettings
{
    [Setting("Number of the channel")]
    public required int ChannelId { get; init; }
}
