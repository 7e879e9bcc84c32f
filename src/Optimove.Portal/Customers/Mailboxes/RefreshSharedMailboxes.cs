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
        // The table's number changes with every swap; the row says which one the list was made from.
        await using var command = new NpgsqlCommand("""
            lock table shared_mailbox_sources in share row exclusive mode;
            select to_regclass('customers')::oid::text, coalesce((select source from shared_mailbox_sources where field = $1), '')
            """.Replace("$1", $"'{field}'", StringComparison.Ordinal), connection, transaction);
        string now, made;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            (now, made) = (reader.GetString(0), reader.GetString(1));
        }
        if (now == made) return;
        var address = ignoreCase ? "lower(btrim({0}\"{1}\"))" : "btrim({0}\"{1}\")";
        await using var refresh = new NpgsqlCommand(SqlFile.Read("refresh-shared-mailboxes.sql")
            .Replace("{c.address}", string.Format(System.Globalization.CultureInfo.InvariantCulture, address, "c.", field), StringComparison.Ordinal)
            .Replace("{address}", string.Format(System.Globalization.CultureInfo.InvariantCulture, address, "", field), StringComparison.Ordinal)
            .Replace("{field}", field, StringComparison.Ordinal)
            .Replace("{source}", now, StringComparison.Ordinal), connection, transaction) { CommandTimeout = 600 };
        await refresh.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
