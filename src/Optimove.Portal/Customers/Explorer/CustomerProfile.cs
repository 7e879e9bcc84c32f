using Optimove.Portal.Customers.Explorer.Decisions;

namespace Optimove.Portal.Customers.Explorer;

/// <summary>A customer with everything that the client's files say. One who left the file but was considered by a campaign is not <paramref name="InFile"/>.</summary>
public sealed record CustomerProfile(
    string Id, bool InFile, IReadOnlyList<AttributeValue> Values, IReadOnlyList<ChannelPreference> Preferences, IReadOnlyList<string> Apps, IReadOnlyList<TransactionSum> Sums,
    IReadOnlyList<HistoryLine> History)
{
    /// <summary>The channels that wishes can be about: e-mail, push and SMS, then those of partners, by the names that people know.</summary>
    public IReadOnlyList<(string Key, string Name)> Channels { get; init; } = [];
    /// <summary>What triggered campaigns decided lately, newest first.</summary>
    public IReadOnlyList<DecisionLine> Decisions { get; init; } = [];
    /// <summary>Every change of a wish, newest first.</summary>
    public IReadOnlyList<ConsentLine> Consents { get; init; } = [];

    /// <summary>First and last name where the client's attributes have them.</summary>
    public string? Name => string.Join(' ', Values.Where(v => v.Attribute.Purpose is AttributePurpose.FirstName or AttributePurpose.LastName)
        .OrderBy(v => v.Attribute.Purpose).Select(v => v.Value as string).Where(n => !string.IsNullOrWhiteSpace(n))) is { Length: > 0 } name ? name : null;

    /// <summary>How many campaigns considered this customer, those on a date and those that were triggered.</summary>
    public int Campaigns => History.Count + Decisions.Select(d => d.CampaignId).Distinct().Count();

    public long Transactions => Sums.Sum(s => s.Count);
}

/// <param name="Value">As the database has it; null where the file had none.</param>
public sealed record AttributeValue(CustomerAttribute Attribute, object? Value);

/// <param name="Channel">email, push, sms, or channel- and the number of a partner's channel.</param>
public sealed record ChannelPreference(string Channel, bool OptedIn, string Source, DateTimeOffset ChangedAt);

/// <summary>The transactions of one currency.</summary>
/// <param name="Currency">Null where the file named none.</param>
public sealed record TransactionSum(string? Currency, long Count, decimal Amount, DateTimeOffset First, DateTimeOffset Last);

public sealed record TransactionLine(DateTimeOffset OccurredAt, decimal Amount, string? Currency, string? ExternalId);
