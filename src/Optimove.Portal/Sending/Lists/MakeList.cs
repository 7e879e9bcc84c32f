using Microsoft.Extensions.Options;
using Npgsql;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Lists;

/// <summary>What a list is made from; frozen in the occurrence.</summary>
/// <param name="ChunkSize">Recipients in one call to the provider.</param>
/// <param name="By">By what the provider knows customers, on which channel, among the users of which apps.</param>
public sealed record ListPlan(int OccurrenceId, CompiledRule Rule, Addressing By, Assignment Assignment, int ChunkSize);

/// <summary>
/// Makes the list of an occurrence: one row for each customer of the target group with its fate. Customers are read and rows written by binary COPY, a
/// batch at a time, in parts side by side; each part has a table of its own, keyed after the load. The caller's transaction decides whether the
/// list exists: the commit that attaches the tables carries the occurrence's new state, so that a list is made once or not at all.
/// </summary>
public sealed class MakeList(TenantDatabase database, IOptions<SendingOptions> options)
{
    /// <param name="connection">Open, with the tenant's role, inside the transaction that also saves the occurrence.</param>
    public async Task<ListCounts> RunAsync(NpgsqlConnection connection, ListPlan plan, CancellationToken cancellation)
    {
        await using (var tidying = await database.OpenAsync(cancellation)) await ListTables.TidyAsync(tidying, cancellation);
        await ListTables.BeginAsync(connection, cancellation);
        await using var audience = await Audience.OpenAsync(database, plan, options.Value.PagesInPart, cancellation);
        var tables = ListTables.NamesFor(plan.OccurrenceId, audience.Parts.Count);
        var (chunks, failed) = (new Chunks(plan.ChunkSize), CancellationTokenSource.CreateLinkedTokenSource(cancellation));
        using (failed)
        {
            var parts = await Task.WhenAll(audience.Parts.Select((part, i) => Task.Run(() => MakePartAsync(audience, i), CancellationToken.None)));
            await audience.EndAsync(cancellation);
            await ListTables.AttachAsync(connection, plan.OccurrenceId, tables, cancellation);
            return parts.Aggregate((sum, part) => sum + part);
        }

        async Task<ListCounts> MakePartAsync(Audience from, int part)
        {
            try
            {
                await using var writing = await database.OpenAsync(failed.Token);
                await using var transaction = await writing.BeginTransactionAsync(failed.Token);
                await ListTables.CreateAsync(writing, plan.OccurrenceId, tables[part], part, failed.Token);
                var counts = await FillAsync(writing, tables[part], plan, from, part, chunks, failed.Token);
                await ListTables.KeyAsync(writing, tables[part], failed.Token);
                await transaction.CommitAsync(failed.Token);
                return counts;
            }
            catch
            {
                await failed.CancelAsync();
                throw;
            }
        }
    }

    /// <summary>Decides every fate and writes it into an empty table, which need not be seen by any other connection and whose rows belong to the occurrence by default.</summary>
    internal async Task<ListCounts> FillAsync(NpgsqlConnection connection, string table, ListPlan plan, CancellationToken cancellation)
    {
        await using var audience = await Audience.OpenAsync(database, plan, null, cancellation);
        var counts = await FillAsync(connection, table, plan, audience, 0, new(plan.ChunkSize), cancellation);
        await audience.EndAsync(cancellation);
        return counts;
    }

    private static async Task<ListCounts> FillAsync(NpgsqlConnection connection, string table, ListPlan plan, Audience audience, int part, Chunks chunks, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {table} (chunk, reason, customer_id, address) from stdin (format binary)", cancellation);
        var writer = new RecipientWriter(copy, plan, audience.Standings, chunks);
        await writer.BeginAsync(cancellation);
        await foreach (var batch in audience.Parts[part].ReadAsync("read-audience.sql", cancellation))
        {
            using (batch) writer.Write(batch);
        }
        await writer.EndAsync(cancellation);
        return writer.Counts;
    }
}
