using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Customers.Explorer.Decisions;
using Optimove.Portal.Customers.Preferences;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Customers.Explorer;

/// <summary>Reads one customer's page.</summary>
public sealed class CustomerQueries(IDbContextFactory<PortalDb> databases, TenantDatabase database, OwnChannels channels)
{
    private const int MostConsents = 500, MostDecisions = 200;

    /// <summary>Null where neither the files nor a campaign nor a program know the id.</summary>
    public async Task<CustomerProfile?> FindAsync(string customerId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var attributes = await db.CustomerAttributes.AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        var columns = string.Concat(attributes.Select(a => ", " + ExplorerSql.Column(a)));
        var found = await connection.ListAsync($"select c.customer_id{columns} from customers c where c.customer_id = $1",
            r => attributes.Select((a, i) => new AttributeValue(a, AttributeValues.Read(r, i + 1))).ToList(), cancellation, customerId);
        var history = await connection.ListAsync(SqlFile.Read("read-customer-history.sql"), ToHistory, cancellation, customerId);
        var sums = await connection.ListAsync("""
            select currency, count(*), sum(amount), min(occurred_at), max(occurred_at) from transactions where customer_id = $1 group by currency order by 2 desc
            """, r => new TransactionSum(Text(r, 0), r.GetInt64(1), r.GetDecimal(2), r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4)), cancellation, customerId);
        var preferences = await connection.ListAsync("select channel, opted_in, source, changed_at from channel_preferences where customer_id = $1 order by channel",
            r => new ChannelPreference(r.GetString(0), r.GetBoolean(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3)), cancellation, customerId);
        var apps = await connection.ListAsync("select app_id from customer_apps where customer_id = $1 order by app_id", r => r.GetString(0), cancellation, customerId);
        var decisions = await DecisionsAsync(connection, customerId, cancellation);
        if (found.Count + history.Count + decisions.Count + sums.Count + preferences.Count == 0) return null;
        var known = (await channels.ListAsync(removed: true, cancellation)).Where(c => preferences.Any(p => p.Channel == c.Key));
        (string Key, string Name)[] names = [("email", "E-mail"), ("push", "Push"), ("sms", "SMS"), .. known.Select(c => (c.Key, c.Name))];
        return new(customerId, found.Count > 0, found.FirstOrDefault() ?? [], preferences, apps, sums, history)
        {
            Channels = names, Decisions = decisions, Consents = await ConsentsAsync(connection, customerId, names.ToDictionary(n => n.Key, n => n.Name), cancellation),
        };
    }

    private static async Task<IReadOnlyList<DecisionLine>> DecisionsAsync(NpgsqlConnection connection, string customerId, CancellationToken cancellation) => await connection.ListAsync(
        SqlFile.Read("read-customer-decisions.sql"),
        r => new DecisionLine(r.GetInt32(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.GetString(3), Text(r, 4), Text(r, 5), Text(r, 6), Text(r, 7), r.GetInt32(8)), cancellation, customerId, MostDecisions);

    private static async Task<IReadOnlyList<ConsentLine>> ConsentsAsync(NpgsqlConnection connection, string customerId, IReadOnlyDictionary<string, string> names, CancellationToken cancellation) => await connection.ListAsync(
        SqlFile.Read("read-consent-history.sql"),
        r => new ConsentLine(names.GetValueOrDefault(r.GetString(0), r.GetString(0)), r.GetBoolean(1), r.GetString(2), Text(r, 3), r.GetFieldValue<DateTimeOffset>(4)), cancellation, customerId, MostConsents);

    /// <summary>A page of a customer's transactions, newest first.</summary>
    public async Task<IReadOnlyList<TransactionLine>> TransactionsAsync(string customerId, GridQuery query, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ListAsync($"""
            select occurred_at, amount, currency, external_id from transactions where customer_id = $1
            order by occurred_at desc, external_id limit {query.PageSize} offset {query.Offset}
            """, r => new TransactionLine(r.GetFieldValue<DateTimeOffset>(0), r.GetDecimal(1), Text(r, 2), Text(r, 3)), cancellation, customerId);
    }

    private static HistoryLine ToHistory(NpgsqlDataReader r) => new(
        r.GetInt32(0), r.GetString(1), r.GetFieldValue<DateOnly>(2), r.GetFieldValue<DateTimeOffset>(3), r.GetString(4), r.GetString(5),
        r.GetString(6), Text(r, 7), r.GetString(8), Text(r, 9), Text(r, 10))
    {
        PromotionStatus = Text(r, 11), PromotionToldAt = r.IsDBNull(12) ? null : r.GetFieldValue<DateTimeOffset>(12),
    };

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
