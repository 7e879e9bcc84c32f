namespace Optimove.Portal.Twins.MobilePush.Access;

/// <summary>What a token stands for: one business unit, some permissions, for a time.</summary>
internal sealed record Session(string Mid, IReadOnlySet<string> Scopes, DateTimeOffset Until);
