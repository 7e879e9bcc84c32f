using Npgsql;
using Optimove.Portal.Data;

namespace Optimove.Portal.Customers.Mailboxes;

/// <summary>
/// Keeps the list of addresses (mailboxes, keys) that several customers share in step with the loaded customers, for each column by which a
/// provider knows customers. Runs after each import; asked again for the same customer table and column it does nothing.
/// </summary>
public static class RefreshSharedMailboxes
{
    public static Task RunAsync(NpgsqlConnection connection, CustomerAttribute email, CancellationToken cancellation) =>
        RunAsync(connection, email.Field, ignoreCase: true, cancellation);

    /// <param name="connection">Open, with the tenant's role and schema.</param>
    /// <param name="field">The checked name of the column.</param>
    /// <param name="ignoreCase">Addresses that differ in upper and lower case only are the same.</param>
    public static async Task RunAsync(NpgsqlConnection connection, string field, bool ignoreCase, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var now = await TableAsync(connection, cancellation);
        if (now == await MadeFromAsync(connection, field, cancellation)) return;
        await using var refresh = new NpgsqlBatch(connection, transaction)
        {
            Timeout = 600,
            BatchCommands =
            {
                new("delete from shared_mailboxes where field = $1") { Parameters = { new() { Value = field } } },
                new(SqlFile.Read("refresh-shared-mailboxes.sql").Replace("{c.address}", Address("c."), StringComparison.Ordinal).Replace("{address}", Address(""), StringComparison.Ordinal))
                {
                    Parameters = { new() { Value = field } },
                },
                new("insert into shared_mailbox_sources (field, source) values ($1, $2) on conflict (field) do update set source = excluded.source")
                {
                    Parameters = { new() { Value = field }, new() { Value = now } },
                },
                new("analyze shared_mailboxes"),
            },
        };
        await refresh.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);

        string Address(string alias) => ignoreCase ? $"lower(btrim({alias}\"{field}\"))" : $"btrim({alias}\"{field}\")";
    }

    // The table's number changes with every swap.
    private static async Task<string> TableAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("lock table shared_mailbox_sources in share row exclusive mode; select to_regclass('customers')::oid::text", connection);
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }

    // The number of the table that the list was made from, if it was made.
    private static async Task<string?> MadeFromAsync(NpgsqlConnection connection, string field, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select source from shared_mailbox_sources where field = $1", connection) { Parameters = { new() { Value = field } } };
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }
}
