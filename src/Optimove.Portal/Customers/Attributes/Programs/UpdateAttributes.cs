using System.Globalization;
using Npgsql;
using Optimove.Portal.Customers.Import.Copy;
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
        var byCustomer = new SortedDictionary<string, Dictionary<CustomerAttribute, string?>>(StringComparer.Ordinal);
        var found = new Dictionary<string, CustomerAttribute?>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (!found.TryGetValue(value.Field, out var attribute)) found[value.Field] = attribute = FieldLookup.Find(all, value.Field);
            var parsed = attribute is null || value.Value is null ? null : AttributeInput.Parse(attribute.Type, attribute.Length, value.Value);
            if (attribute is null) errors.Add(new("INVALID_FIELD", value.CustomerId, value.Field));
            else if (value.Value is not null && parsed is null) errors.Add(new("INVALID_VALUE", value.CustomerId, value.Field));
            else
            {
                if (!byCustomer.TryGetValue(value.CustomerId, out var own)) byCustomer[value.CustomerId] = own = [];
                own[attribute] = parsed;
            }
        }
        if (byCustomer.Count == 0) return errors;
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var updated = await ProgramTurn.TakeAsync(connection, cancellation) ? await UpdateAsync(connection, byCustomer, cancellation) : null;
        await transaction.CommitAsync(cancellation);
        var reason = updated is null ? Unavailable : "INVALID_CUSTOMER";
        errors.AddRange(byCustomer.Where(c => updated?.Contains(c.Key) != true).SelectMany(c => c.Value.Keys.Select(a => new ValueError(reason, c.Key, a.Field))));
        return errors;
    }

    /// <summary>Values go as texts that have been checked; a field that only some customers get has an array beside that says who.</summary>
    private static async Task<HashSet<string>> UpdateAsync(NpgsqlConnection connection, SortedDictionary<string, Dictionary<CustomerAttribute, string?>> byCustomer, CancellationToken cancellation)
    {
        var fields = byCustomer.Values.SelectMany(v => v.Keys).Distinct().OrderBy(a => a.Id).ToList();
        await using var command = new NpgsqlCommand { Connection = connection, CommandTimeout = 120, Parameters = { new() { Value = byCustomer.Keys.ToArray() } } };
        var (arrays, names, sets) = (new List<string> { "$1::text[]" }, new List<string> { "id" }, new List<string>());
        foreach (var (field, i) in fields.Select((f, i) => (f, i)))
        {
            var (column, type) = (FileLayout.Quote(field.Field), new ImportColumn(field.Field, field.Type, field.Length).Sql);
            Add($"v{i}", "text", byCustomer.Values.Select(v => v.GetValueOrDefault(field)).ToArray());
            var everybody = byCustomer.Values.All(v => v.ContainsKey(field));
            if (!everybody) Add($"s{i}", "boolean", byCustomer.Values.Select(v => v.ContainsKey(field)).ToArray());
            sets.Add(everybody ? $"{column} = n.v{i}::{type}" : $"{column} = case when n.s{i} then n.v{i}::{type} else c.{column} end");
        }
        command.CommandText = $"update customers c set {string.Join(", ", sets)} from unnest({string.Join(", ", arrays)}) as n ({string.Join(", ", names)}) where c.customer_id = n.id returning c.customer_id";
        var updated = new HashSet<string>(StringComparer.Ordinal);
        await LookUpByKeyAsync(connection, cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) updated.Add(reader.GetString(0));
        return updated;

        void Add(string name, string type, object values)
        {
            command.Parameters.Add(new() { Value = values });
            arrays.Add(string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}::{type}[]"));
            names.Add(name);
        }
    }

    // Left to itself the planner reads all customers to find these, which took three times as long as the whole update (10,000 of a million).
    private static async Task LookUpByKeyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("set local enable_hashjoin = off; set local enable_mergejoin = off", connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
