namespace Optimove.Portal.Targeting;

/// <summary>The types that a customer attribute can have.</summary>
public enum AttributeType
{
    /// <summary>Text of at most <see cref="AttributeColumn.Length"/> characters; varchar(n).</summary>
    Text,
    /// <summary>Whole number from -2,147,483,648 to 2,147,483,647; integer.</summary>
    Integer,
    /// <summary>Exact number with 19 digits, 4 of them after the point; numeric(19,4).</summary>
    Decimal,
    /// <summary>Yes or no; boolean.</summary>
    Boolean,
    /// <summary>A day; date.</summary>
    Date,
    /// <summary>An instant, kept in UTC; timestamptz.</summary>
    Timestamp,
}

/// <summary>A customer attribute as the database has it.</summary>
/// <param name="Field">The column's name, lower case, <c>^[a-z][a-z0-9_]{0,58}$</c>; also its header in the client's file.</param>
/// <param name="Name">What marketers call it.</param>
/// <param name="Length">Most characters of a text; null for other types.</param>
public sealed record AttributeColumn(string Field, string Name, AttributeType Type, int? Length = null);
