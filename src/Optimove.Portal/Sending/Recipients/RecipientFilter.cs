namespace Optimove.Portal.Sending.Recipients;

/// <summary>Which recipients of an occurrence are asked for; the fates are those of <see cref="RecipientFate"/>.</summary>
/// <param name="Reason">An exclusion's or rejection's reason, to the letter.</param>
/// <param name="Customer">The beginning of a customer id.</param>
public sealed record RecipientFilter(string? Fate = null, string? Reason = null, string? Customer = null)
{
    public bool IsEmpty => this is { Fate: null, Reason: null, Customer: null };
}

/// <summary>What became of a considered customer, as addresses and exports spell it.</summary>
public static class RecipientFate
{
    public const string Excluded = "excluded";
    public const string Control = "control";
    public const string Accepted = "accepted";
    public const string Rejected = "rejected";
    public const string Unknown = "unknown";
    public const string ToGo = "to-go";
    public static readonly string[] All = [Excluded, Control, Accepted, Rejected, Unknown, ToGo];

    public static string InWords(string fate) => fate switch
    {
        Excluded => "Excluded", Control => "Control", Accepted => "Accepted", Rejected => "Rejected", Unknown => "No answer", _ => "Still to go",
    };
}

/// <summary>A considered customer with its fate.</summary>
public sealed record RecipientLine(string CustomerId, string? Address, string Fate, string? Reason, int? Chunk);
