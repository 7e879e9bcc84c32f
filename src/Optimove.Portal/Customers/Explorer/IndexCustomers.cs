using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Customers.Mailboxes;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Explorer;

/// <summary>
/// Makes the customers searchable by id, e-mail address and name once a file is in: prefix indexes, built beside the readers and noted on
/// the table, so that asking again for the same table and purposes does nothing. A machine without room leaves the search slow, not the import failed.
/// </summary>
public sealed class IndexCustomers(IDbContextFactory<PortalDb> databases, TenantDatabase database, ILogger<IndexCustomers> log)
{
    /// <summary>Longer values are found by their first so many characters; an index entry has no room for more.</summary>
    private const int Searched = 200;

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var attributes = await db.CustomerAttributes.AsNoTracking().Where(a => a.Purpose != AttributePurpose.None).OrderBy(a => a.Purpose).ToListAsync(cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        try
        {
            await IndexAsync(connection, attributes, cancellation);
            if (attributes.SingleOrDefault(a => a.Purpose == AttributePurpose.EmailAddress) is { } email) await RefreshSharedMailboxes.RunAsync(connection, email, cancellation);
        }
        catch (PostgresException e)
        {
            log.LogWarning(e, "The customers could not be indexed; searching them is slow until the next file");
        }
    }

    /// <summary>What a search by the start of an attribute compares; the same text as in the index.</summary>
    internal static string Compared(CustomerAttribute attribute) => $"left(lower(btrim(c.\"{attribute.Field}\")), {Searched})";

    private static async Task IndexAsync(NpgsqlConnection connection, IReadOnlyList<CustomerAttribute> attributes, CancellationToken cancellation)
    {
        var wanted = "searchable: " + string.Join(", ", attributes.Select(a => a.Field).Prepend("customer_id"));
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var ask = new NpgsqlCommand("""
            set local lock_timeout = '60s'; set local maintenance_work_mem = '256MB'; lock table customers in share mode;
            select coalesce(obj_description(to_regclass('customers')), '')
            """, connection, transaction);
        if ((string)(await ask.ExecuteScalarAsync(cancellation))! == wanted) return;
        var indexes = attributes.Select(a => $"({Compared(a).Replace("c.", "", StringComparison.Ordinal)}) text_pattern_ops").Prepend("customer_id text_pattern_ops");
        var sql = string.Concat(indexes.Select(i => $"create index on customers ({i});\n"));
        await using var command = new NpgsqlCommand($"{DropOld}{sql}analyze customers; comment on table customers is '{wanted}'", connection, transaction) { CommandTimeout = 1200 };
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    // Other purposes than before: their indexes go.
    private const string DropOld = """
        do $$
        declare old regclass;
        begin
          for old in select indexrelid from pg_index where indrelid = to_regclass('customers') and not indisunique loop execute format('drop index %s', old); end loop;
        end
        $$;

        """;
}
