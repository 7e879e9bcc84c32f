using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Import.Copy;

/// <summary>A column that a file fills: its field in the database, the type checked, and what it is for.</summary>
internal sealed record ImportColumn(string Field, AttributeType Type, int? Length = null)
{
    /// <summary>Most characters of an identifier; keeps index entries far below PostgreSQL's limit.</summary>
    public const int IdLength = 255;

    /// <summary>A row without a value here is rejected.</summary>
    public bool Required { get; init; }
    /// <summary>Part of the key: the file is refused without this column, and two rows may not agree on all of them.</summary>
    public bool Key { get; init; }
    /// <summary>Its values are added up for the report.</summary>
    public bool Summed { get; init; }
    /// <summary>Only email, push and sms are accepted, in any case, and kept in lower case.</summary>
    public bool Channel { get; init; }
    /// <summary>Another header for it.</summary>
    public string? Alias { get; init; }

    public string Sql => Type switch
    {
        AttributeType.Text => Length is { } n ? $"varchar({n})" : "text",
        AttributeType.Integer => "int4",
        AttributeType.Decimal => "numeric(19,4)",
        AttributeType.Boolean => "boolean",
        AttributeType.Date => "date",
        _ => "timestamptz",
    };

    public static ImportColumn Id(string field) => new(field, AttributeType.Text, IdLength) { Required = true, Key = true };
}
