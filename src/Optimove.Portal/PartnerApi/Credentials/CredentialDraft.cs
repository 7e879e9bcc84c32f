namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>What a person decides when a credential is issued.</summary>
public sealed class CredentialDraft
{
    public CredentialKind Kind { get; set; } = CredentialKind.Partner;
    public string Name { get; set; } = "";
    public HashSet<int> ChannelIds { get; init; } = [];
    public HashSet<string> Fields { get; init; } = [];
    /// <summary>Most calls in 10 seconds; null for what the installation sets.</summary>
    public int? CallsPerWindow { get; set; }

    /// <summary>What is wrong with the name; null where nothing is.</summary>
    public string? NameProblem => string.IsNullOrWhiteSpace(Name) || Name.Trim().Length > 80 ? "Give the credential a name of at most 80 characters, such as that of the partner."
        : UserName("x").Length < 3 ? "The name needs at least one letter or digit." : null;

    /// <exception cref="RefusedException">The name is missing or too long, or a limit is out of bounds, or a partner would reach no channel.</exception>
    internal void Check()
    {
        if (NameProblem is { } problem) throw new RefusedException(problem);
        if (CallsPerWindow is < 1 or > 10_000) throw new RefusedException("The limit is between 1 and 10,000 calls in 10 seconds.");
        if (Kind == CredentialKind.Partner && ChannelIds.Count == 0) throw new RefusedException("Choose at least one channel that the partner may use.");
    }

    /// <summary>Unique among clients by the slug; within a client by the name.</summary>
    internal string UserName(string slug)
    {
        var letters = Name.Trim().ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-');
        return $"{slug}.{string.Join('-', new string([.. letters]).Split('-', StringSplitOptions.RemoveEmptyEntries))}";
    }
}
