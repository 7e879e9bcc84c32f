using Optimove.Portal.Customers.Attributes;

namespace Optimove.Portal.Customers.Days;

/// <summary>The SQL that gives values of now along with customers found; one look-up by key for each, in a query whose rows are called p.</summary>
internal static class ShownValues
{
    public static string Columns(IReadOnlyList<CustomerAttribute> shown) => string.Concat(shown.Select((_, i) => $", coalesce(s.v{i}, '')"));

    public static string Join(IReadOnlyList<CustomerAttribute> shown) => shown.Count == 0 ? ""
        : $"left join lateral (select {string.Join(", ", shown.Select((a, i) => $"{AttributeText.Sql(a, "x")} as v{i}"))} from customers x where x.customer_id = p.customer_id limit 1) s on true";
}
