using Optimove.Portal.Customers.Import.Copy;
using Optimove.Portal.Customers.Import.Csv;

namespace Optimove.Portal.Customers.Import;

/// <summary>Which kind a file is, from its name or from its header, and what each kind is called.</summary>
public static class FileKinds
{
    private static readonly (string Name, ImportKind Kind)[] Names =
    [
        ("customers", ImportKind.Customers), ("transactions", ImportKind.Transactions),
        ("customer_apps", ImportKind.CustomerApps), ("subscriptions", ImportKind.Subscriptions),
    ];

    /// <summary>The kind that a file's name begins with: customers.csv, customers-2026-06-17.csv.gz. Null for other names and other endings.</summary>
    public static ImportKind? OfName(string fileName)
    {
        var stem = new[] { ".csv.gz", ".csv" }.FirstOrDefault(e => fileName.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } ending ? fileName[..^ending.Length] : "";
        foreach (var (name, kind) in Names)
        {
            if (stem.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (stem.Length == name.Length || !char.IsAsciiLetter(stem[name.Length]))) return kind;
        }
        return null;
    }

    /// <summary>The kind whose columns a header has; null when it has no customer_id.</summary>
    public static ImportKind? OfHeader(IReadOnlyList<string> headers)
    {
        var fields = headers.Select(FieldName.From).ToHashSet();
        if (!fields.Contains("customer_id")) return null;
        if (fields.Contains("channel") && (fields.Contains("opted_in") || fields.Contains("opt_in"))) return ImportKind.Subscriptions;
        if (fields.Contains("occurred_at") && fields.Contains("amount")) return ImportKind.Transactions;
        return fields.Contains("app_id") ? ImportKind.CustomerApps : ImportKind.Customers;
    }

    /// <summary>The header of a file, plain or gzip; reads no more than its first rows.</summary>
    /// <exception cref="RefusedException">It is empty, or no text that can be read as CSV.</exception>
    public static async Task<IReadOnlyList<string>> HeadersAsync(Stream stream, CancellationToken cancellation)
    {
        await using var file = await FileBytes.OpenAsync(stream, cancellation);
        return await FileLayout.HeadersAsync(new RowReader(file), cancellation);
    }

    /// <summary>"Customers", "Transactions", "Apps of customers", "Subscriptions".</summary>
    public static string InWords(this ImportKind kind) => kind switch
    {
        ImportKind.Customers => "Customers",
        ImportKind.Transactions => "Transactions",
        ImportKind.CustomerApps => "Apps of customers",
        _ => "Subscriptions",
    };
}
