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
        var there = await TypesAsync(connection, cancellation);
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

    private static async Task<Dictionary<string, string>> TypesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select attname::text, format_type(atttypid, atttypmod) from pg_attribute
            where attrelid = to_regclass('customers') and attnum > 0 and not attisdropped
            """, connection);
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
