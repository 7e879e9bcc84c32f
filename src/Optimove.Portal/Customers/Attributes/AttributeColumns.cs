using Npgsql;
using Optimove.Portal.Customers.Import.Copy;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Attributes;

/// <summary>The columns of the customers that hold the attributes. Field names have passed <see cref="AttributeRules"/> and are quoted all the same.</summary>
internal static class AttributeColumns
{
    /// <param name="connection">Open, with the tenant's role and schema; joins its transaction.</param>
    public static Task AddAsync(NpgsqlConnection connection, IEnumerable<CustomerAttribute> attributes, CancellationToken cancellation) =>
        AlterAsync(connection, attributes.Select(Adding), cancellation);

    public static Task DropAsync(NpgsqlConnection connection, CustomerAttribute attribute, CancellationToken cancellation) =>
        AlterAsync(connection, [$"drop column if exists {FileLayout.Quote(attribute.Field)}"], cancellation);

    /// <summary>Gives every customer the default of an attribute that is new.</summary>
    public static async Task FillAsync(NpgsqlConnection connection, CustomerAttribute attribute, CancellationToken cancellation)
    {
        var type = new ImportColumn(attribute.Field, attribute.Type, attribute.Length).Sql;
        await using var command = new NpgsqlCommand($"update customers set {FileLayout.Quote(attribute.Field)} = $1::{type}", connection) { CommandTimeout = 120, Parameters = { new() { Value = attribute.Default } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Gives the customers exactly the columns of the attributes: after an earlier version came back, or an attribute was added while a file was read.</summary>
    public static async Task AlignAsync(NpgsqlConnection connection, IReadOnlyList<CustomerAttribute> attributes, CancellationToken cancellation)
    {
        var there = await TypesAsync(connection, "customers", cancellation);
        var right = attributes.Where(a => there.GetValueOrDefault(a.Field) == TypeName(a)).Select(a => a.Field).ToHashSet();
        var drops = there.Keys.Where(f => f != "customer_id" && !right.Contains(f)).Select(f => $"drop column {FileLayout.Quote(f)}");
        await AlterAsync(connection, [.. drops, .. attributes.Where(a => !right.Contains(a.Field)).Select(Adding)], cancellation);
    }

    private static string Adding(CustomerAttribute a) => $"add column {FileLayout.Quote(a.Field)} {new ImportColumn(a.Field, a.Type, a.Length).Sql}";

    private static async Task AlterAsync(NpgsqlConnection connection, IEnumerable<string> parts, CancellationToken cancellation)
    {
        var alterations = string.Join(", ", parts);
        if (alterations.Length == 0) return;
        try
        {
            await using var command = new NpgsqlCommand($"set lock_timeout = '15s'; alter table customers {alterations}; reset lock_timeout", connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new RefusedException("The customers are in use by a long piece of work. Nothing was changed; try again in a minute.");
        }
    }

    /// <summary>The attributes as columns of customers or an earlier version of them, by these names; one that the table has not, or of another type, is null.</summary>
    public static async Task<string> SelectAsync(NpgsqlConnection connection, string table, IEnumerable<CustomerAttribute> attributes, CancellationToken cancellation)
    {
        var there = await TypesAsync(connection, table, cancellation);
        return "customer_id" + string.Concat(attributes.Select(a => there.TryGetValue(a.Field, out var type) && Family(type) == Family(TypeName(a))
            ? $", {FileLayout.Quote(a.Field)}" : $", null::{new ImportColumn(a.Field, a.Type, a.Length).Sql} as {FileLayout.Quote(a.Field)}"));
    }

    // Texts differ in the most that they hold, and no other type has one of a kind.
    private static string Family(string type) => type == "text" ? "character varying" : type.Split('(')[0];

    private static async Task<Dictionary<string, string>> TypesAsync(NpgsqlConnection connection, string table, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select attname::text, format_type(atttypid, atttypmod) from pg_attribute
            where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
            """, connection) { Parameters = { new() { Value = table } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var types = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancellation)) types[reader.GetString(0)] = reader.GetString(1);
        return types;
    }

    // As PostgreSQL spells the types of ImportColumn.
    private static string TypeName(CustomerAttribute a) => a.Type switch
    {
        AttributeType.Text => a.Length is { } n ? $"character varying({n})" : "text",
        AttributeType.Integer => "integer",
        AttributeType.Decimal => "numeric(19,4)",
        AttributeType.Boolean => "boolean",
        AttributeType.Date => "date",
        _ => "timestamp with time zone",
    };
}
