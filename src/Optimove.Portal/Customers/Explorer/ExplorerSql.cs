using Npgsql;
using Optimove.Portal.Customers.Import.Copy;

namespace Optimove.Portal.Customers.Explorer;

/// <summary>Writes the explorer's queries. What a person typed becomes a parameter; columns are the fields of the tenant's attributes.</summary>
internal sealed class ExplorerSql(CustomerSearch search, IReadOnlyList<CustomerAttribute> attributes)
{
    private readonly List<object> _values = [];

    public static string Column(CustomerAttribute attribute) => $"c.{FileLayout.Quote(attribute.Field)}";

    /// <summary>Up to so many fitting customers are sorted faster than they are met by walking all ids in their order (measured with 1,000,000).</summary>
    private const long Few = 50_000;

    /// <param name="total">How many fit.</param>
    public NpgsqlCommand Page(NpgsqlConnection connection, IEnumerable<CustomerAttribute> shown, long total)
    {
        var bound = search.Before is { } before ? $"c.customer_id < {Value(before)}" : search.After is { } after ? $"c.customer_id > {Value(after)}" : null;
        var end = $"order by c.customer_id {(search.Before is null ? "" : "desc ")}limit {search.PageSize + 1}";
        var columns = string.Concat(shown.Select(a => ", " + Column(a)));
        var filter = Filter();
        // Each way of searching is cut to a page by itself, so that none sorts or joins more than a page.
        var found = Ways().Select(way => $"(select c.customer_id from customers c where {And(way, bound, filter)} {end})").ToList();
        var where = found.Count == 0 ? And(bound, filter) : $"c.customer_id in ({string.Join(" union all ", found)})";
        var rows = $"select c.customer_id{columns} from customers c where {where}";
        return Command(connection, found.Count == 0 && filter is not null && total <= Few ? $"select * from ({rows} offset 0) c {end}" : $"{rows} {end}");
    }

    public NpgsqlCommand Count(NpgsqlConnection connection)
    {
        var filter = Filter();
        var ways = Ways();
        var where = ways.Count == 0 ? And(filter) : And($"({string.Join(" or ", ways)})", filter);
        return Command(connection, $"select count(*) from customers c where {where}");
    }

    private List<string> Ways()
    {
        var text = search.Text?.Trim() ?? "";
        if (text.Length == 0) return [];
        var (email, first, last) = (Of(AttributePurpose.EmailAddress), Of(AttributePurpose.FirstName), Of(AttributePurpose.LastName));
        if (text.Contains('@') && email is not null) return [StartsWith(email, text)];
        List<string> ways = [$"c.customer_id like {Value(Pattern(text))}"];
        if (text.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var one, var two] && first is not null && last is not null)
            ways.AddRange([$"{StartsWith(first, one)} and {StartsWith(last, two)}", $"{StartsWith(last, one)} and {StartsWith(first, two)}"]);
        ways.AddRange(new[] { email, first, last }.OfType<CustomerAttribute>().Select(a => StartsWith(a, text)));
        return ways;
    }

    private string? Filter() => search.Filter switch
    {
        null => null,
        { By: FilterBy.IsEmpty } f => $"{Column(f.Attribute)} is null",
        { By: FilterBy.IsFilled } f => $"{Column(f.Attribute)} is not null",
        var f => $"{Column(f.Attribute)} = {Value(f.Parse())}",
    };

    private CustomerAttribute? Of(AttributePurpose purpose) => attributes.FirstOrDefault(a => a.Purpose == purpose);

    private string StartsWith(CustomerAttribute attribute, string text) => $"{IndexCustomers.Compared(attribute)} like {Value(Pattern(text.ToLowerInvariant()))}";

    private static string Pattern(string text) =>
        text[..Math.Min(text.Length, 100)].Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";

    private static string And(params string?[] conditions) => conditions.OfType<string>().ToList() is { Count: > 0 } all ? string.Join(" and ", all) : "true";

    private string Value(object value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 20 };
        foreach (var value in _values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
