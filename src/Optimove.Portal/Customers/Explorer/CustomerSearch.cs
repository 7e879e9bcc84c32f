using System.Globalization;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Explorer;

/// <summary>How an attribute is asked for in the explorer.</summary>
public enum FilterBy { Is, IsEmpty, IsFilled }

/// <summary>One attribute's filter; the value is read by the attribute's type.</summary>
public sealed record CustomerFilter(CustomerAttribute Attribute, FilterBy By, string? Value)
{
    /// <summary>The value as the database compares it.</summary>
    /// <exception cref="RefusedException">The value is not of the attribute's type.</exception>
    internal object Parse()
    {
        var text = Value?.Trim() ?? "";
        object? parsed = Attribute.Type switch
        {
            AttributeType.Text => text,
            AttributeType.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null,
            AttributeType.Decimal => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null,
            AttributeType.Boolean => text.ToUpperInvariant() switch { "YES" or "TRUE" or "1" => true, "NO" or "FALSE" or "0" => false, _ => null },
            AttributeType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            _ => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null,
        };
        return parsed ?? throw new RefusedException($"{Attribute.Name} is asked for with {Example}.");
    }

    public string Example => Attribute.Type switch
    {
        AttributeType.Integer => "a whole number, like 42",
        AttributeType.Decimal => "a number, like 1234.50",
        AttributeType.Boolean => "yes or no",
        AttributeType.Date => "a day, like 2026-03-31",
        AttributeType.Timestamp => "a time, like 2026-03-31T14:30:00Z",
        _ => "its exact text",
    };
}

/// <summary>What the explorer is asked for: the start of an id, of an e-mail address or of names; a filter; after or before which id.</summary>
public sealed record CustomerSearch(string? Text = null, CustomerFilter? Filter = null, string? After = null, string? Before = null, int PageSize = 50)
{
    public bool IsNarrow => !string.IsNullOrWhiteSpace(Text) || Filter is not null;
}

/// <summary>A customer of the explorer with the values of the columns asked for, in their order.</summary>
public sealed record CustomerRow(string Id, string? Name, IReadOnlyList<object?> Values);

/// <summary>A page of customers in the order of their ids.</summary>
/// <param name="Total">All that fit, counted once for each version of the data.</param>
public sealed record CustomersFound(IReadOnlyList<CustomerRow> Rows, long Total, bool HasBefore, bool HasAfter, TimeSpan Took);
