namespace Optimove.Portal.Twins.MobilePush.Catalog;

/// <summary>An app as a business unit holds it.</summary>
/// <param name="Mid">The business unit that it belongs to.</param>
public sealed record PushApp(string Id, string Name, string Mid)
{
    public bool Ios { get; init; } = true;
    public bool Android { get; init; } = true;
    /// <summary>Optional parts are left out of the listing, as seen at the provider.</summary>
    public bool IsBare { get; init; }
}
