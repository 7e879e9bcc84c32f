using Optimove.Portal.Twins.Appboy;
using Optimove.Portal.Twins.Cheetah;
using Optimove.Portal.Twins.MailChimp;
using Optimove.Portal.Twins.MobilePush;

namespace Optimove.Portal.Twins.StandIns;

/// <summary>Every provider whose part a twin can take.</summary>
public static class StandInCatalog
{
    internal const string Account = "dry-run";

    private static readonly Dictionary<string, Func<TwinWorld, StandInOrder, IStandIn>> ByProvider = new(StringComparer.Ordinal)
    {
        ["mailchimp"] = (world, order) => new MailChimpStandIn(world, order),
        ["mobilepush"] = (world, order) => new MobilePushStandIn(world, order),
        ["appboy"] = (world, order) => new AppboyStandIn(world, order),
        ["cheetah"] = (world, order) => new CheetahStandIn(world, order),
    };

    /// <summary>Adds the account to a world; null where there is no twin of the provider.</summary>
    public static IStandIn? Make(string provider, TwinWorld world, StandInOrder order) => ByProvider.TryGetValue(provider, out var make) ? make(world, order) : null;
}
