using Optimove.Portal.Twins.MobilePush.Access;
using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.MobilePush.Sends;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MobilePush;

/// <summary>One call at an account, with the session whose token it bears; only the token endpoint has none.</summary>
internal sealed record Visit(MobilePushAccount Account, Call Call, Session? Session);

/// <summary>One endpoint of the session service (no scope) or of REST. The handler runs with the account's lock held.</summary>
internal sealed record MobilePushRoute(string Method, string Path, string? Scope, Func<Visit, Answer> Handle)
{
    /// <summary>The name by which faults and the log know the endpoint.</summary>
    public string Endpoint { get; } = $"{Method} {Path}";

    public static IReadOnlyList<MobilePushRoute> Sessions { get; } = [.. TokenRoutes.All];
    public static IReadOnlyList<MobilePushRoute> Rest { get; } = [.. CatalogRoutes.All, .. SendRoutes.All];
}
