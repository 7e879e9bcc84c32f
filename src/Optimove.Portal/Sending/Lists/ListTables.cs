using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Optimove.Portal.Sending.Lists;

/// <summary>
/// The tables of a list. Its parts are committed by themselves, under names that nobody else uses, and become the list in the transaction that
/// attaches them; where that never comes, because the process died, the next list finds and drops them.
/// </summary>
internal static class ListTables
{
    // Shared by all who make a list, until their transactions end.
    private const string Lock = "hashtext('recipient lists'), hashtext(current_schema())";

    /// <param name="connection">In the transaction that will attach the tables.</param>
    public static Task BeginAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        ExecuteAsync(connection, $"select pg_advisory_xact_lock_shared({Lock})", cancellation);

    public static IReadOnlyList<string> NamesFor(int occurrenceId, int parts)
    {
        var attempt = RandomNumberGenerator.GetHexString(8, lowercase: true);
        return [.. Enumerable.Range(0, parts).Select(part => string.Create(CultureInfo.InvariantCulture, $"recipients_{occurrenceId}_{attempt}_{part}"))];
    }

    public static Task CreateAsync(NpgsqlConnection connection, int occurrenceId, string table, int part, CancellationToken cancellation) => ExecuteAsync(connection, $"""
        create table {table} (like recipients, check (occurrence_id = {occurrenceId} and part = {part}));
        alter table {table} alter occurrence_id set default {occurrenceId}, alter part set default {part};
        """, cancellation);

    // Parts are keyed side by side already.
    public static Task KeyAsync(NpgsqlConnection connection, string table, CancellationToken cancellation) => ExecuteAsync(connection, $"""
        set local maintenance_work_mem = '128MB';
        set local max_parallel_maintenance_workers = 0;
        create unique index on {table} (customer_id) with (fillfactor = 100);
        """, cancellation);

    // The checks of the parts spare the server reading them once more.
    public static Task AttachAsync(NpgsqlConnection connection, int occurrenceId, IReadOnlyList<string> tables, CancellationToken cancellation) => ExecuteAsync(connection, $"""
        create table recipients_{occurrenceId} (like recipients) partition by list (part);
        {string.Concat(tables.Select((table, part) => $"alter table recipients_{occurrenceId} attach partition {table} for values in ({part});"))}
        alter table recipients attach partition recipients_{occurrenceId} for values in ({occurrenceId});
        """, cancellation);

    /// <summary>Drops what was left behind by lists that never came to be; does nothing while one is being made.</summary>
    public static async Task TidyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var find = new NpgsqlCommand($"""
            select string_agg(relname, ', ') from pg_class
            where pg_try_advisory_xact_lock({Lock}) and relnamespace = current_schema()::regnamespace and relkind = 'r' and not relispartition and relname ~ '^recipients_[0-9]+_[0-9a-f]+_[0-9]+$'
            """, connection);
        if (await find.ExecuteScalarAsync(cancellation) is string left) await ExecuteAsync(connection, $"drop table {left}", cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
