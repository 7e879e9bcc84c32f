using System.Globalization;
using Npgsql;
using Optimove.Portal.Customers.Import.Copy;
using Optimove.Portal.Customers.Mailboxes;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Attributes.Programs;

/// <summary>A value that a program gives a customer; null takes it away.</summary>
public sealed record NewValue(string CustomerId, string Field, string? Value);

/// <summary>A value that was not taken.</summary>
/// <param name="Reason">INVALID_CUSTOMER, INVALID_FIELD, INVALID_VALUE or UPDATE_FIELD_TEMPORARY_UNAVAILABLE.</param>
public sealed record ValueError(string Reason, string CustomerId, string Field);

/// <summary>
/// Gives customers new values of attributes in one statement; of two for one customer and field the last counts. Values that cannot be taken are
/// told and the others kept. While a file is being loaded none is, because its table takes the place of the one that is there.
/// </summary>
public sealed class UpdateAttributes(AttributeQueries attributes, TenantDatabase database, Actor actor, TimeProvider clock)
{
    public const string Unavailable = "UPDATE_FIELD_TEMPORARY_UNAVAILABLE";

    public async Task<IReadOnlyList<ValueError>> RunAsync(IReadOnlyList<NewValue> values, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        var all = await attributes.AllAsync(cancellation);
        var errors = new List<ValueError>();
        var sheet = new ValueSheet(values.Select(v => v.CustomerId));
        var found = new Dictionary<string, CustomerAttribute?>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (!found.TryGetValue(value.Field, out var attribute)) found[value.Field] = attribute = FieldLookup.Find(all, value.Field);
            var parsed = attribute is null || value.Value is null ? null : AttributeInput.Parse(attribute.Type, attribute.Length, value.Value);
            if (attribute is null) errors.Add(new("INVALID_FIELD", value.CustomerId, value.Field));
            else if (value.Value is not null && parsed is null) errors.Add(new("INVALID_VALUE", value.CustomerId, value.Field));
            else sheet.Set(value.CustomerId, attribute, parsed);
        }
        if (sheet.Columns.Count == 0) return errors;
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var open = await ProgramTurn.TakeAsync(connection, cancellation);
        var missed = open ? await UpdateAsync(connection, sheet, cancellation) : sheet.Ids;
        if (open) await RefreshSharedMailboxes.ForgetAsync(connection, sheet.Columns.Select(c => c.Attribute.Field), cancellation);
        await transaction.CommitAsync(cancellation);
        errors.AddRange(missed.SelectMany(id => sheet.FieldsOf(id).Select(f => new ValueError(open ? "INVALID_CUSTOMER" : Unavailable, id, f))));
        return errors;
    }

    /// <summary>Values go as texts that have been checked; a field that only some customers get has an array beside that says who.</summary>
    /// <returns>The customers that there are not.</returns>
    private static async Task<IReadOnlyList<string>> UpdateAsync(NpgsqlConnection connection, ValueSheet sheet, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand { Connection = connection, CommandTimeout = 120, Parameters = { new() { Value = sheet.Ids } } };
        var (arrays, names, sets) = (new List<string> { "$1::text[]" }, new List<string> { "id" }, new List<string>());
        foreach (var (column, i) in sheet.Columns.Select((c, i) => (c, i)))
        {
            var (field, type) = (FileLayout.Quote(column.Attribute.Field), new ImportColumn(column.Attribute.Field, column.Attribute.Type, column.Attribute.Length).Sql);
            Add($"v{i}", "text", column.Values);
            if (!column.IsFull) Add($"s{i}", "boolean", column.Given);
            sets.Add(column.IsFull ? $"{field} = n.v{i}::{type}" : $"{field} = case when n.s{i} then n.v{i}::{type} else c.{field} end");
        }
        command.CommandText = $"update customers c set {string.Join(", ", sets)} from unnest({string.Join(", ", arrays)}) as n ({string.Join(", ", names)}) where c.customer_id = n.id";
        await LookUpByKeyAsync(connection, cancellation);
        return await command.ExecuteNonQueryAsync(cancellation) == sheet.Ids.Length ? [] : await MissingAsync(connection, sheet.Ids, cancellation);

        void Add(string name, string type, object values)
        {
            command.Parameters.Add(new() { Value = values });
            arrays.Add(string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}::{type}[]"));
            names.Add(name);
        }
    }

    private static async Task<IReadOnlyList<string>> MissingAsync(NpgsqlConnection connection, string[] ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select n.id from unnest($1) with ordinality as n (id, place) where not exists (select from customers c where c.customer_id = n.id) order by n.place", connection) { Parameters = { new() { Value = ids } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var missing = new List<string>();
        while (await reader.ReadAsync(cancellation)) missing.Add(reader.GetString(0));
        return missing;
    }

    // Left to itself the planner reads all customers to find these, which took three times as long as the whole update (10,000 of a million).
    private static async Task LookUpByKeyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("set local enable_hashjoin = off; set local enable_mergejoin = off", connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
