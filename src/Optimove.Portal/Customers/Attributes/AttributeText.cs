using Optimove.Portal.Customers.Import.Copy;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Attributes;

/// <summary>Values of attributes as programs read them: decimals with four places, days as yyyy-MM-dd, times as yyyy-MM-dd HH:mm:ss in UTC, yes and no as true and false.</summary>
public static class AttributeText
{
    /// <summary>An expression of the value as text.</summary>
    /// <param name="table">Alias of the customers.</param>
    public static string Sql(CustomerAttribute attribute, string table)
    {
        var column = $"{table}.{FileLayout.Quote(attribute.Field)}";
        return attribute.Type switch
        {
            AttributeType.Date => $"to_char({column}, 'YYYY-MM-DD')",
            AttributeType.Timestamp => $"to_char({column} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')",
            _ => $"{column}::text",
        };
    }
}
