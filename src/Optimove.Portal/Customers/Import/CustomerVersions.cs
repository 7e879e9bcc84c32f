using System.Globalization;
using Npgsql;

namespace Optimove.Portal.Customers.Import;

/// <summary>An earlier version of the customers: its table, and when a file took its place (UTC).</summary>
public sealed record CustomerVersion(string Table, DateTimeOffset ReplacedAt);

/// <summary>The earlier versions of a tenant's customers, newest first; each lasts until it is purged.</summary>
public static class CustomerVersions
{
    internal const string Table = "customers";

    public static async Task<IReadOnlyList<CustomerVersion>> ListAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select relname::text, substring(relname from '^customers_v(\d{14})') from pg_class
            where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname ~ '^customers_v\d{14}(_\d+)?$'
            order by 2 desc, length(relname) desc, relname desc
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var versions = new List<CustomerVersion>();
        while (await reader.ReadAsync(cancellation))
        {
            versions.Add(new(reader.GetString(0), DateTimeOffset.ParseExact(reader.GetString(1), "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)));
        }
        return versions;
    }

    /// <summary>Drops the versions replaced before the given time and says how many.</summary>
    public static async Task<int> PurgeAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancellation)
    {
        var old = (await ListAsync(connection, cancellation)).Where(v => v.ReplacedAt < before).ToList();
        foreach (var version in old)
        {
            await using var drop = new NpgsqlCommand($"drop table if exists {version.Table}; delete from added_customers where named_in = '{version.Table}'", connection);
            await drop.ExecuteNonQueryAsync(cancellation);
        }
        return old.Count;
    }

    /// <summary>Puts an earlier version back in the place of the customers; the two change names, so doing it twice changes nothing.
    /// Part of the connection's transaction if it has one, else all or nothing by itself.</summary>
    public static async Task RestoreAsync(NpgsqlConnection connection, string version, CancellationToken cancellation)
    {
        if (!(await ListAsync(connection, cancellation)).Any(v => v.Table == version))
            throw new RefusedException("That version of the customers is not kept any more.");
        await using var swap = new NpgsqlCommand($"""
            set lock_timeout = '60s';
            alter table {Table} rename to customers_swap; alter table {version} rename to {Table}; alter table customers_swap rename to {version};
            update added_customers set named_in = null where named_in = '{version}';
            reset lock_timeout
            """, connection);
        try
        {
            await swap.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new RefusedException("The customers are in use by a long piece of work. Nothing was changed; try again in a minute.");
        }
    }
}
