namespace Optimove.Portal.PartnerApi;

/// <summary>Settings of the API, section <c>PartnerApi</c>.</summary>
public sealed class PartnerApiOptions
{
    /// <summary>The host name at which the API is answered, and nothing else; the portal's other names then answer no call. Empty: the API shares the portal's names.</summary>
    public string Host { get; set; } = "";
    /// <summary>Most calls of a credential in 10 seconds where it has no limit of its own.</summary>
    public int CallsPerWindow { get; set; } = 50;
}
