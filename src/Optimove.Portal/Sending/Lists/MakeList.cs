using System.Threading.Channels;
using Npgsql;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Customers.Mailboxes;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Lists;

/// <summary>What a list is made from; frozen in the occurrence.</summary>
/// <param name="ChunkSize">Recipients in one call to the provider.</param>
/// <param name="By">By what the provider knows customers, on which channel, among the users of which apps.</param>
public sealed record ListPlan(int OccurrenceId, CompiledRule Rule, Addressing By, Assignment Assignment, int ChunkSize);

/// <summary>
/// Makes the list of an occurrence: one row for each customer of the target group with its fate. Reads through one connection and writes
/// through another, both by binary COPY, a batch at a time; key and attachment come after the load. The caller's transaction decides whether the
/// list exists: the same commit carries the occurrence's new state, so that a list is made once or not at all.
/// </summary>
public sealed class MakeList(TenantDatabase database)
{
    /// <param name="connection">Open, with the tenant's role, inside the transaction that also saves the occurrence.</param>
    public async Task<ListCounts> RunAsync(NpgsqlConnection connection, ListPlan plan, CancellationToken cancellation)
    {
        var table = $"recipients_{plan.OccurrenceId}";
        await ExecuteAsync(connection, $"create table {table} (like recipients, check (occurrence_id = {plan.OccurrenceId}))", cancellation);
        var counts = await FillAsync(connection, table, plan, cancellation);
        await ExecuteAsync(connection, $"""
            set local maintenance_work_mem = '128MB';
            create unique index on {table} (customer_id);
            alter table recipients attach partition {table} for values in ({plan.OccurrenceId});
            """, cancellation);
        return counts;
    }

    /// <summary>Decides every fate and writes it into an empty table.</summary>
    internal async Task<ListCounts> FillAsync(NpgsqlConnection connection, string table, ListPlan plan, CancellationToken cancellation)
    {
        await using var reading = await database.OpenAsync(cancellation);
        if (plan.By.CanBeShared) await RefreshSharedMailboxes.RunAsync(reading, plan.By.Field, plan.By.IsEmail, cancellation);
        return await LoadAsync(reading, connection, table, plan, cancellation);
    }

    private static async Task<ListCounts> LoadAsync(NpgsqlConnection reading, NpgsqlConnection writing, string table, ListPlan plan, CancellationToken cancellation)
    {
        var batches = Channel.CreateBounded<AudienceRows>(8);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var read = Task.Run(() => new ReadAudience(reading, plan).RunAsync(batches.Writer, stop.Token), stop.Token);
        try
        {
            await using var copy = await writing.BeginRawBinaryCopyAsync(
                $"copy {table} (occurrence_id, chunk, fate, reason, customer_id, address) from stdin (format binary)", cancellation);
            var writer = new RecipientWriter(copy, plan);
            await writer.BeginAsync(cancellation);
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellation))
            {
                using (batch) await writer.WriteAsync(batch, cancellation);
            }
            await read;
            await writer.EndAsync(cancellation);
            return writer.Counts;
        }
        finally
        {
            await stop.CancelAsync();
            await read.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
