using Npgsql;
using Optimove.Portal.Customers.Import.Copy;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Import.Tables;

/// <summary>Preferences are merged by customer and channel; where lines of the file disagree the opt-out wins. Each change is kept with the file that told it; a preference
/// that does not change keeps its source and time.</summary>
internal sealed class SubscriptionsLoad(NpgsqlConnection connection, TimeProvider clock, string fileName) : FileLoad(connection)
{
    public override IReadOnlyList<ImportColumn> Columns { get; } =
    [
        ImportColumn.Id("customer_id"),
        new("channel", AttributeType.Text, 10) { Required = true, Key = true, Channel = true },
        new("opted_in", AttributeType.Boolean) { Required = true, Alias = "opt_in" },
    ];
    public override bool WithLine => true;

    public override async Task<string> PrepareAsync(FileLayout layout, CancellationToken cancellation)
    {
        await RunAsync("create unlogged table subscriptions_import (_line bigint, _raw text, customer_id text, channel text, opted_in boolean)", cancellation);
        return $"copy subscriptions_import (_line, _raw, {layout.FilledSql}) from stdin (format binary, freeze)";
    }

    public override async Task<LoadResult> FinishAsync(FileLayout layout, RowEncoder encoder, RejectLog rejects, CancellationToken cancellation)
    {
        await RunAsync("""
            create unlogged table subscriptions_kept as
            select distinct on (customer_id, channel) customer_id, channel, opted_in, _line from subscriptions_import
            order by customer_id, channel, opted_in, _line
            """, cancellation);
        var kept = await AskAsync<long>("select count(*) from subscriptions_kept", cancellation);
        await RunAsync("select pg_advisory_xact_lock(hashtext('channel preferences'), hashtext(current_schema()))", cancellation);
        await RunAsync("""
            with changed as (
              insert into channel_preferences as p (customer_id, channel, opted_in, source, changed_at)
              select customer_id, channel, opted_in, 'file', $1 from subscriptions_kept order by customer_id, channel
              on conflict (customer_id, channel) do update
              set opted_in = excluded.opted_in, source = excluded.source, changed_at = excluded.changed_at
              where p.opted_in is distinct from excluded.opted_in
              returning customer_id, channel, opted_in
            ), reports as (
              insert into preference_reports (channel, opted_in, source, changed_by, changed_at) select distinct channel, opted_in, 'file', $2, $1 from changed
              returning id, channel, opted_in
            )
            insert into preference_changes (report_id, customer_id) select r.id, c.customer_id from changed c join reports r using (channel, opted_in)
            """, cancellation, clock.GetUtcNow(), fileName);
        if (kept < encoder.RowsEncoded)
            await RejectAsync("subscriptions_import where _line not in (select _line from subscriptions_kept)", ImportFault.ContradictsOptOut, "channel", rejects, cancellation);
        await RunAsync("drop table subscriptions_import, subscriptions_kept", cancellation);
        return new(kept);
    }
}
