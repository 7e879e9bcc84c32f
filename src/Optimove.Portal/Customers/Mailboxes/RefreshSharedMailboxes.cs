using Npgsql;
using Optimove.Portal.Data;

namespace Optimove.Portal.Customers.Mailboxes;

/// <summary>
/// Keeps the list of mailboxes that several customers share in step with the loaded customers. Runs after each import of customers;
/// asked again for the same customer table and column it does nothing.
/// </summary>
public static class RefreshSharedMailboxes
{
    /// <param name="connection">Open, with the tenant's role and schema.</param>
    /// <param name="email">The e-mail attribute; its field is a checked column name.</param>
    public static async Task RunAsync(NpgsqlConnection connection, CustomerAttribute email, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // The table's number changes with every swap; the comment says which one the list was made from.
        await using var command = new NpgsqlCommand("""
            lock table shared_mailboxes in share row exclusive mode;
            select to_regclass('customers')::oid::text, coalesce(obj_description(to_regclass('shared_mailboxes')), '')
            """, connection, transaction);
        string stamp, made;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            (stamp, made) = ($"{reader.GetString(0)}.{email.Field}", reader.GetString(1));
        }
        if (stamp == made) return;
        await using var refresh = new NpgsqlCommand(
            SqlFile.Read("refresh-shared-mailboxes.sql").Replace("{email}", $"\"{email.Field}\"", StringComparison.Ordinal)
            + $"comment on table shared_mailboxes is '{stamp}'", connection, transaction) { CommandTimeout = 600 };
        await refresh.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
