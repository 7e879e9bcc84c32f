using System.Data;
using Npgsql;
using Optimove.Portal.Data;

namespace Optimove.Portal.Customers.Mailboxes;

/// <summary>
/// Keeps the list of addresses (mailboxes, keys) that several customers share in step with the loaded customers, for each column by which a
/// provider knows customers. Runs after each import and after a program's changes; asked again for unchanged customers it does nothing.
/// </summary>
public static class RefreshSharedMailboxes
{
    // The table's number changes with every swap.
    private const string Table = "to_regclass('customers')::oid::text";

    public static Task RunAsync(NpgsqlConnection connection, CustomerAttribute email, CancellationToken cancellation) =>
        RunAsync(connection, email.Field, ignoreCase: true, cancellation);

    /// <inheritdoc cref="SnapshotAsync"/>
    public static async Task RunAsync(NpgsqlConnection connection, string field, bool ignoreCase, CancellationToken cancellation)
    {
        await using var snapshot = await SnapshotAsync(connection, field, ignoreCase, cancellation);
        await snapshot.CommitAsync(cancellation);
    }

    /// <param name="connection">Open, with the tenant's role and schema.</param>
    /// <param name="field">The checked name of the column.</param>
    /// <param name="ignoreCase">Addresses that differ in upper and lower case only are the same.</param>
    /// <returns>A transaction that sees the customers and the list in step to its end; programs that write into this column wait as long.</returns>
    internal static async Task<NpgsqlTransaction> SnapshotAsync(NpgsqlConnection connection, string field, bool ignoreCase, CancellationToken cancellation)
    {
        var snapshot = await LockedAsync(connection, "share", cancellation);
        if (await IsInStepAsync(connection, field, cancellation)) return snapshot;
        await snapshot.DisposeAsync();
        snapshot = await LockedAsync(connection, "share row exclusive", cancellation);
        if (!await IsInStepAsync(connection, field, cancellation)) await RefreshAsync(connection, field, ignoreCase, cancellation);
        return snapshot;
    }

    /// <summary>Has the list made anew before it is next asked, because customers got other values.</summary>
    /// <param name="connection">In the transaction that writes the values.</param>
    internal static async Task ForgetAsync(NpgsqlConnection connection, IEnumerable<string> fields, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("delete from shared_mailbox_sources where field = any($1)", connection) { Parameters = { new() { Value = fields.ToArray() } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task RefreshAsync(NpgsqlConnection connection, string field, bool ignoreCase, CancellationToken cancellation)
    {
        await using var refresh = new NpgsqlBatch(connection)
        {
            Timeout = 600,
            BatchCommands =
            {
                new("delete from shared_mailboxes where field = $1") { Parameters = { new() { Value = field } } },
                new(SqlFile.Read("refresh-shared-mailboxes.sql").Replace("{c.address}", Address("c."), StringComparison.Ordinal).Replace("{address}", Address(""), StringComparison.Ordinal))
                {
                    Parameters = { new() { Value = field } },
                },
                new($"insert into shared_mailbox_sources (field, source) values ($1, {Table}) on conflict (field) do update set source = excluded.source")
                {
                    Parameters = { new() { Value = field } },
                },
                new("analyze shared_mailboxes"),
            },
        };
        await refresh.ExecuteNonQueryAsync(cancellation);

        string Address(string alias) => ignoreCase ? $"lower(btrim({alias}\"{field}\"))" : $"btrim({alias}\"{field}\")";
    }

    // A snapshot begins with the first statement after the lock.
    private static async Task<NpgsqlTransaction> LockedAsync(NpgsqlConnection connection, string mode, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await using var command = new NpgsqlCommand($"lock table shared_mailbox_sources in {mode} mode", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        return transaction;
    }

    private static async Task<bool> IsInStepAsync(NpgsqlConnection connection, string field, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select exists (select from shared_mailbox_sources where field = $1 and source = {Table})", connection) { Parameters = { new() { Value = field } } };
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
