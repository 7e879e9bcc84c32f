using Npgsql;
using Optimove.Portal.Customers.Import.Copy;
using Optimove.Portal.Customers.Mailboxes;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Attributes.Programs;

/// <summary>
/// Gives one customer values, all of them or none; one who is not known is added, with the defaults of attributes that have one, and stays until a
/// file names them: from then on the files decide, and one that leaves them out takes them away. Refuses nothing: what cannot be taken is told.
/// </summary>
public sealed class UpsertCustomer(AttributeQueries attributes, TenantDatabase database, Actor actor, TimeProvider clock)
{
    /// <param name="values">Of two for one field the last counts; null takes the value away.</param>
    /// <returns>Why nothing was changed; empty where everything was.</returns>
    public async Task<IReadOnlyList<ValueError>> RunAsync(string customerId, IReadOnlyList<(string Field, string? Value)> values, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        var all = await attributes.AllAsync(cancellation);
        var (errors, parsed) = (new List<ValueError>(), new Dictionary<CustomerAttribute, string?>());
        foreach (var (field, value) in values)
        {
            var attribute = FieldLookup.Find(all, field);
            var text = attribute is null || value is null ? null : AttributeInput.Parse(attribute.Type, attribute.Length, value);
            if (attribute is null) errors.Add(new("INVALID_FIELD", customerId, field));
            else if (value is not null && text is null) errors.Add(new("INVALID_VALUE", customerId, field));
            else parsed[attribute] = text;
        }
        if (errors.Count > 0) return errors;
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await ProgramTurn.TakeAsync(connection, cancellation))
            return values.Count == 0 ? [new(UpdateAttributes.Unavailable, customerId, "")] : [.. values.Select(v => new ValueError(UpdateAttributes.Unavailable, customerId, v.Field))];
        if (await WriteAsync(connection, customerId, parsed, all.Where(a => a.Default is not null && !parsed.ContainsKey(a)), cancellation)) await RememberAsync(connection, customerId, cancellation);
        await RefreshSharedMailboxes.ForgetAsync(connection, parsed.Keys.Select(a => a.Field), cancellation);
        await transaction.CommitAsync(cancellation);
        return [];
    }

    /// <returns>Whether the customer is new.</returns>
    private static async Task<bool> WriteAsync(
        NpgsqlConnection connection, string customerId, IReadOnlyDictionary<CustomerAttribute, string?> values, IEnumerable<CustomerAttribute> defaulted, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand { Connection = connection, Parameters = { new() { Value = customerId } } };
        var (columns, places) = (new List<string> { "customer_id" }, new List<string> { "$1" });
        foreach (var (attribute, value) in values.Select(v => (v.Key, v.Value)).Concat(defaulted.Select(a => (a, a.Default))))
        {
            command.Parameters.Add(new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            columns.Add(FileLayout.Quote(attribute.Field));
            places.Add($"${command.Parameters.Count}::{new ImportColumn(attribute.Field, attribute.Type, attribute.Length).Sql}");
        }
        var sets = values.Keys.Select(a => $"{FileLayout.Quote(a.Field)} = excluded.{FileLayout.Quote(a.Field)}").ToList();
        command.CommandText = $"""
            insert into customers ({string.Join(", ", columns)}) values ({string.Join(", ", places)})
            on conflict (customer_id) do {(sets.Count == 0 ? "nothing" : "update set " + string.Join(", ", sets))} returning xmax = 0
            """;
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private async Task RememberAsync(NpgsqlConnection connection, string customerId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            insert into added_customers (customer_id, added_at) values ($1, $2)
            on conflict (customer_id) do update set added_at = excluded.added_at, named_in = null
            """, connection) { Parameters = { new() { Value = customerId }, new() { Value = clock.GetUtcNow() } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
