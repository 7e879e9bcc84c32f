using System.Globalization;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>What a client enters to let the product send through its Cheetah Messaging account.</summary>
public sealed record CheetahSettings
{
    private const string CustomerId = "customer_id";

    [Setting("API endpoint URL", Assumed = true, Hint = "From Cheetah Digital support or your account manager; it differs by region. Of the calls behind it, the folder's contents, the state of an import and of a campaign, the Data Map, the customer search and the metrics are assumed.", Example = "https://api.eccmp.com",
        Pattern = @"https://[A-Za-z0-9.\-]+(?::[0-9]+)?/?", PatternSentence = "Enter the address of the API's host alone, beginning with https://, for example https://api.eccmp.com.")]
    public required string ApiEndpoint { get; init; }

    [Setting("Consumer key", Secret = true, Hint = "From Cheetah Digital support or your account manager.")]
    public required string ConsumerKey { get; init; }

    [Setting("Consumer secret", Secret = true, Hint = "Comes with the consumer key.")]
    public required string ConsumerSecret { get; init; }

    [Setting("Client identifier", Hint = "Comes with the consumer key. Older keys do not work without it.")]
    public required string ClientIdentifier { get; init; }

    [Setting("Cust_ID", Hint = "The number of your Cheetah Digital account.", Example = "4410", Pattern = "[0-9]{1,18}", PatternSentence = "The Cust_ID is a number.")]
    public required string CustId { get; init; }

    [Setting("PROP_MAP_ID", Hint = "The number of the Data Map that recipients are imported with.", Example = "2207", Pattern = "[0-9]{1,18}", PatternSentence = "The PROP_MAP_ID is a number.")]
    public required string PropMapId { get; init; }

    [Setting("Folder ID", Hint = "The number of the folder \"Optimove\" in My Files.", Example = "37001", Pattern = "[0-9]{1,18}", PatternSentence = "The Folder ID is a number.")]
    public required string FolderId { get; init; }

    [Setting("Unique identifier field", Hint = "Its name exactly as in the Map To column of Cheetah Messaging's Data Map.", Example = "customer_id")]
    public required string IdentifierField { get; init; }

    [Setting("Attribute that fills it", Optional = true, Hint = "The real field name in your Optimove data. Left empty it is customer_id.", Example = CustomerId,
        Pattern = "[a-z_][a-z0-9_]*", PatternSentence = "Enter the real field name: small letters, digits and underscores.")]
    public string? IdentifierAttribute { get; init; }

    [Setting("Data Map fields", Optional = true, Lines = true, Hint = "One line for each field that your templates personalise with: its name in the Map To column; the real field name in your Optimove data.",
        Example = "FIRST_NAME; first_name", Pattern = @"\s*[^;\s][^;]*;\s*[a-z_][a-z0-9_]*\s*", PatternSentence = "Write each field as: Map To name; real field name.")]
    public string? DataMapFields { get; init; }

    [Setting("Account time zone", Assumed = true, Hint = "The time zone of your Cheetah account, by its Windows name with underscores.", Example = "GMT_Standard_Time",
        Pattern = @"[A-Za-z0-9_.+()\-]+", PatternSentence = "Enter the Windows name of the time zone with underscores, for example Central_Standard_Time.")]
    public required string TimeZone { get; init; }

    /// <summary>The real field name of the attribute that fills the unique identifier.</summary>
    internal string Identity => string.IsNullOrWhiteSpace(IdentifierAttribute) ? CustomerId : IdentifierAttribute.Trim();

    /// <summary>The lines of <see cref="DataMapFields"/>, in their order.</summary>
    internal IReadOnlyList<DataMapField> Fields =>
        [.. (DataMapFields ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(DataMapField.Parse)];

    /// <summary>Real field names of the attributes that fill the Data Map fields, each once.</summary>
    internal IReadOnlyList<string> Attributes => [.. Fields.Select(mapped => mapped.Attribute).Distinct()];

    internal long Cust => Number(CustId);
    internal long PropMap => Number(PropMapId);
    internal long Folder => Number(FolderId);

    private static long Number(string digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>One field that goes along with each recipient.</summary>
/// <param name="MapTo">Its name at Cheetah, in the Map To column of the Data Map.</param>
/// <param name="Attribute">The real field name of our attribute.</param>
internal readonly record struct DataMapField(string MapTo, string Attribute)
{
    public static DataMapField Parse(string line)
    {
        var at = line.IndexOf(';');
        return at < 0 ? new(line, line) : new(line[..at].Trim(), line[(at + 1)..].Trim());
    }
}
