namespace Optimove.Portal.Targeting.Sql;

/// <summary>Customers found in a table other than <c>customers</c>.</summary>
/// <param name="Table">The table, of many or no rows a customer, under alias <c>x</c>.</param>
/// <param name="Where">Which rows count.</param>
/// <param name="Having">What must hold of a customer's rows together; null when one row is enough.</param>
internal sealed record CustomerSet(string Table, string Where, string? Having)
{
    /// <summary>The set's keys, each once.</summary>
    public string Keys =>
        $"SELECT x.customer_id FROM {Table} x WHERE {Where} GROUP BY x.customer_id{(Having is null ? "" : $" HAVING {Having}")}";

    /// <summary>
    /// As a predicate. EXISTS becomes a hash join where it stands alone; under OR it becomes a hashed set when that fits in memory and a
    /// look-up in the index otherwise, while IN would read the whole set again for every customer.
    /// </summary>
    public string Test(bool member)
    {
        var exists = Having is null
            ? $"EXISTS (SELECT 1 FROM {Table} x WHERE x.customer_id = c.customer_id AND {Where})"
            : $"EXISTS (SELECT 1 FROM ({Keys}) s WHERE s.customer_id = c.customer_id)";
        return member ? exists : $"NOT {exists}";
    }
}
