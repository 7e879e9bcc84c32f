namespace Optimove.Portal.Providers.MobilePush;

/// <summary>What a client enters to let the product send through its Marketing Cloud account.</summary>
public sealed record MobilePushSettings
{
    [Setting("Tenant subdomain", Hint = "In Marketing Cloud: Setup, Apps, Installed Packages; the first part of the REST address.", Example = "mc563885gzs27c5t9",
        Pattern = "[A-Za-z0-9-]+", PatternSentence = "Enter only the first part of the address, before .rest.marketingcloudapis.com.")]
    public required string Subdomain { get; init; }

    [Setting("Client ID", Hint = "Of the installed package's server-to-server component.", Example = "6nk1p0xq7d3v8m2c5b9s4t1z",
        Pattern = "[A-Za-z0-9]+", PatternSentence = "A client ID has only letters and digits.")]
    public required string ClientId { get; init; }

    [Setting("Client secret", Secret = true, Hint = "Shown beside the client ID.")]
    public required string ClientSecret { get; init; }

    [Setting("Apps", Lines = true, Hint = "One app a line: app ID; name. In MobilePush: Administration.", Example = "b1f0c1de-7a52-4d0e-9a3e-2f6f1c0d8e11; Shop UK",
        Pattern = @"[^;]*[^;\s][^;]*;[^;]*[^;\s][^;]*", PatternSentence = "Enter the app's ID and its name with a semicolon between them.")]
    public required string Apps { get; init; }

    [Setting("Business units", Lines = true, Optional = true, Hint = "One business unit a line: ID (MID); name; template prefix. Leave it empty to use the account itself, without prefixes.", Example = "7280001; Shop UK; UK_",
        Pattern = @"\s*[0-9]+\s*;[^;]*[^;\s][^;]*;[^;]*[^;\s][^;]*", PatternSentence = "Enter the business unit's ID, its name and its template prefix with semicolons between them.")]
    public string? BusinessUnits { get; init; }

    [Setting("Mark of API-triggered messages", Optional = true, Assumed = true, Hint = "The sendInitiator number of messages whose send method is API Triggered. Leave it empty for 1.", Example = "1",
        Pattern = "[0-9]{1,2}", PatternSentence = "Enter a number.")]
    public string? ApiTriggeredMark { get; init; }

    /// <summary>What is wrong with the settings taken together, or null.</summary>
    public string? Problem => MobilePushLines.ProblemOf(this);

    internal IReadOnlyList<MobileApp> AppList => MobilePushLines.Apps(Apps);
    internal IReadOnlyList<BusinessUnit> UnitList => MobilePushLines.Units(BusinessUnits);
    internal int ApiTriggered => int.TryParse(ApiTriggeredMark, out var mark) ? mark : MobilePushAssumptions.ApiTriggered;
}

internal sealed record MobileApp(string Id, string Name);

/// <param name="Mid">Empty for the account itself.</param>
internal sealed record BusinessUnit(string Mid, string Name, string Prefix)
{
    /// <summary>Where no business unit is entered: the account that the credentials belong to, whose messages need no prefix.</summary>
    public static BusinessUnit Account { get; } = new("", "the account", "");

    public bool Owns(string message) => message.StartsWith(Prefix, MobilePushAssumptions.Prefixes);
}
