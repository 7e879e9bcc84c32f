using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using NpgsqlTypes;
using Optimove.Portal.Targeting.Matching;

namespace Optimove.Portal.Targeting.Tests.Testing;

/// <summary>A tenant with every attribute type, three groups that use each other, and random customers with gaps.</summary>
public static class SampleData
{
    public static readonly DateOnly DataDate = new(2026, 4, 2);

    public static readonly AttributeColumn[] Attributes =
    [
        new("age", "Age", AttributeType.Integer),
        new("joined", "Joined", AttributeType.Date),
        new("seen", "Last seen", AttributeType.Timestamp),
        new("club", "Club member", AttributeType.Boolean),
        new("revenue", "Revenue", AttributeType.Decimal),
        new("tier", "Value tier", AttributeType.Text, 20),
        new("country", "Country", AttributeType.Text, 2),
    ];

    public const string Schema = """
        CREATE TABLE customers (customer_id text PRIMARY KEY, age int, joined date, seen timestamptz, club boolean,
            revenue numeric(19,4), tier varchar(20), country varchar(2));
        CREATE TABLE transactions (customer_id text, occurred_at timestamptz, amount numeric(19,4), currency text, external_id text);
        CREATE INDEX ON transactions (customer_id, occurred_at);
        CREATE TABLE channel_preferences (customer_id text, channel text, opted_in boolean, source text, changed_at timestamptz,
            PRIMARY KEY (customer_id, channel));
        """;

    public static readonly Catalogue Catalogue = new(Attributes,
    [
        new(1, "Staff and testers", new Any([new AttributeRule("tier", Operator.Contains, ["a"]), new AttributeRule("age", Operator.IsEmpty, [])])),
        new(2, "Buyers", new All([new TransactionRule(Measure.Count, new Ever(), Operator.AtLeast, [2]), new GroupRule(1, In: false)])),
        new(3, "Others", new Not(new Any([new GroupRule(2, In: true), new PreferenceRule("email", Preference.OptedOut)]))),
    ]);

    public static RuleContext Context(string zone = "Europe/Paris") => new(Catalogue, DataDate, TimeZoneInfo.FindSystemTimeZoneById(zone));

    public static readonly string[] Texts = ["VIP", "vip", "Rising", "a_b", "100%", @"back\slash", "Élan", "a", ""];
    public static readonly string[] Channels = ["email", "push", "sms"];

    /// <summary>Instants on the hour and half hour around the data date: midnights of any zone, and both sides of a clock change.</summary>
    private static Gen<DateTime> Instants => Gen.Choose(-24 * 2 * 45, 24 * 2 * 8)
        .Select(halves => DataDate.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddMinutes(30 * halves));

    public static readonly Gen<CustomerFacts> Customers =
        from age in Gen.Choose(18, 26)
        from joined in Gen.Choose(-40, 8)
        from seen in Instants
        from club in Gen.Elements(true, false)
        from revenue in Gen.Choose(-4, 12)
        from tier in Gen.Elements(Texts)
        from country in Gen.Elements("FR", "BE", "LU", "fr", "")
        from gaps in Gen.Elements(true, false, false, false).ArrayOf(Attributes.Length)
        from transactions in Transactions
        from preferences in Gen.Elements<bool?>(true, false, null).ArrayOf(Channels.Length)
        select new CustomerFacts(
            Attributes.Select(a => a.Field)
                .Zip(new object?[] { age, DataDate.AddDays(joined), seen, club, revenue * 2.5m, tier, country }, (field, value) => (field, value))
                .Zip(gaps, (pair, gap) => (pair.field, value: gap ? null : pair.value)).ToDictionary(p => p.field, p => p.value),
            transactions,
            Channels.Zip(preferences).Where(p => p.Second is not null).ToDictionary(p => p.First, p => p.Second!.Value));

    private static Gen<IReadOnlyList<Transaction>> Transactions =>
        from count in Gen.Elements(0, 0, 1, 2, 3, 4)
        from all in (from at in Instants from amount in Gen.Choose(-2, 9) select new Transaction(at, amount * 3.3333m)).ArrayOf(count)
        select (IReadOnlyList<Transaction>)all;

    public static async Task StoreAsync(NpgsqlDataSource source, IReadOnlyList<CustomerFacts> customers)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using (var truncate = new NpgsqlCommand("TRUNCATE customers, transactions, channel_preferences", connection)) await truncate.ExecuteNonQueryAsync();
        await CopyAsync(connection, "customers", customers.Select((c, i) => (object?[])[Id(i), .. Attributes.Select(a => c.Attributes[a.Field])]));
        await CopyAsync(connection, "transactions",
            customers.SelectMany((c, i) => c.Transactions.Select(t => (object?[])[Id(i), t.OccurredAt, t.Amount, "EUR", null])));
        await CopyAsync(connection, "channel_preferences",
            customers.SelectMany((c, i) => c.Preferences.Select(p => (object?[])[Id(i), p.Key, p.Value, "form", null])));
    }

    public static string Id(int index) => $"C-{index:000}";

    private static async Task CopyAsync(NpgsqlConnection connection, string table, IEnumerable<object?[]> rows)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table} FROM STDIN (FORMAT binary)");
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            foreach (var value in row)
            {
                if (value is null) await copy.WriteNullAsync();
                else if (value is DateTime instant) await copy.WriteAsync(instant, NpgsqlDbType.TimestampTz);
                else await copy.WriteAsync(value);
            }
        }
        await copy.CompleteAsync();
    }
}
