using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Matching;

namespace Optimove.Portal.TargetGroups.Members;

/// <summary>Reads all that a rule can ask about one customer.</summary>
internal static class FactsOfCustomer
{
    public static async Task<CustomerFacts> ReadAsync(NpgsqlConnection connection, string customerId, IReadOnlyList<AttributeColumn> attributes, CancellationToken cancellation) => new(
        await AttributesAsync(connection, customerId, attributes, cancellation),
        await connection.ListAsync("select occurred_at, amount from transactions where customer_id = $1", r => new Transaction(r.GetDateTime(0), r.GetDecimal(1)), cancellation, customerId),
        (await connection.ListAsync("select channel, opted_in from channel_preferences where customer_id = $1", r => (Channel: r.GetString(0), OptedIn: r.GetBoolean(1)), cancellation, customerId))
            .ToDictionary(p => p.Channel, p => p.OptedIn));

    /// <summary>A column's value as rules know it: string, int, decimal, bool, DateOnly, DateTime in UTC, or null.</summary>
    public static object? Value(NpgsqlDataReader reader, int ordinal, AttributeType type) =>
        reader.IsDBNull(ordinal) ? null : type == AttributeType.Date ? reader.GetFieldValue<DateOnly>(ordinal) : reader.GetValue(ordinal);

    private static async Task<Dictionary<string, object?>> AttributesAsync(NpgsqlConnection connection, string customerId, IReadOnlyList<AttributeColumn> attributes, CancellationToken cancellation)
    {
        var columns = string.Concat(attributes.Select(a => $", \"{a.Field}\""));
        return (await connection.ListAsync($"select customer_id{columns} from customers where customer_id = $1",
            r => attributes.Select((a, i) => (a.Field, Value: Value(r, i + 1, a.Type))).ToDictionary(v => v.Field, v => v.Value), cancellation, customerId)).Single();
    }
}
