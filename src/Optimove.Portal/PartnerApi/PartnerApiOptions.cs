namespace Optimove.Portal.PartnerApi;

/// <summary>Settings of the API, section <c>PartnerApi</c>.</summary>
public sealed class PartnerApiOptions
{
    /// <summary>Most calls of a credential in 10 seconds where it has no limit of its own.</summary>
    public int CallsPerWindow { get; set; } = 50;
}
