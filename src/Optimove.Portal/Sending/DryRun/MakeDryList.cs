using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Lists;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.DryRun;

/// <summary>
/// Gives the list of an occurrence: the one that it has, or the one that it would get now, in a temporary table that no other connection
/// sees and that goes with its own. That connection may write nothing else.
/// </summary>
public sealed class MakeDryList(TenantDatabase database, IDbContextFactory<PortalDb> databases, FreezeOccurrence freeze, MakeList makeList)
{
    private const string Table = "dry_recipients";

    /// <param name="o">Detached; gets what is frozen with a list, and its counts.</param>
    internal async Task<DryList> RunAsync(Occurrence o, CancellationToken cancellation)
    {
        var connection = await database.OpenAsync(cancellation);
        try
        {
            var rows = o.ListedAt is not null ? "recipients" : Table;
            if (o.ListedAt is null) await ExecuteAsync(connection, $"create temporary table {Table} (like recipients including defaults); alter table {Table} alter occurrence_id set default {o.Id}", cancellation);
            await ExecuteAsync(connection, "set default_transaction_read_only = on", cancellation);
            if (o.ListedAt is null) await FillAsync(connection, o, cancellation);
            return new(connection, new(rows, o.Id, o.ToSend, connection));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task FillAsync(NpgsqlConnection connection, Occurrence o, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var plan = await freeze.RunAsync(db, o, cancellation);
        var counts = await makeList.FillAsync(connection, Table, plan, cancellation);
        (o.Considered, o.Excluded, o.Control) = (counts.Considered, counts.Excluded, counts.Control);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>The list of a dry run, for one reader at a time; gone when it is disposed.</summary>
internal sealed class DryList(NpgsqlConnection connection, RecipientRows rows) : IAsyncDisposable
{
    public RecipientRows Rows => rows;

    /// <summary>How many were excluded for which reason, the most frequent first.</summary>
    public async Task<IReadOnlyList<ReasonCount>> ExclusionsAsync(CancellationToken cancellation)
    {
        await using var command = Command($"select reason, count(*)::int from {rows.Table} where occurrence_id = $1 and reason is not null group by 1 order by 2 desc, 1");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var reasons = new List<ReasonCount>();
        while (await reader.ReadAsync(cancellation)) reasons.Add(new(reader.GetString(0), reader.GetInt32(1)));
        return reasons;
    }

    /// <summary>By what the provider knows those who are to get it.</summary>
    public async IAsyncEnumerable<string> IdentitiesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command($"select address from {rows.Table} where occurrence_id = $1 and chunk is not null order by chunk");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return reader.GetString(0);
    }

    /// <summary>Who the rejected are, in the order of the customer ids.</summary>
    public async Task<IReadOnlyList<RejectedPerson>> WhoAsync(IReadOnlyList<Rejection> rejections, CancellationToken cancellation)
    {
        if (rejections.Count == 0) return [];
        await using var command = Command($"""
            select r.customer_id, r.address, j.reason from unnest($2::text[], $3::text[]) as j (address, reason)
            join {rows.Table} r on r.occurrence_id = $1 and r.chunk is not null and r.address = j.address order by 1
            """);
        command.Parameters.Add(new() { Value = rejections.Select(r => r.Address).ToArray() });
        command.Parameters.Add(new() { Value = rejections.Select(r => r.Reason).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var people = new List<RejectedPerson>();
        while (await reader.ReadAsync(cancellation)) people.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return people;
    }

    private NpgsqlCommand Command(string sql) => new(sql, connection) { CommandTimeout = 0, Parameters = { new() { Value = rows.OccurrenceId } } };

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
