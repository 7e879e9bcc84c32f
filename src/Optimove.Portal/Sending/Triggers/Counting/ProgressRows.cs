using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Deciding;
using Optimove.Portal.Sending.Triggers.Ingestion;

namespace Optimove.Portal.Sending.Triggers.Counting;

/// <summary>How far customers are with triggers, as read in a transaction under the client's lock, and written before its end.</summary>
internal sealed class ProgressRows
{
    private readonly Dictionary<(int Campaign, string Customer), TriggerProgress> _rows = [];

    /// <summary>The waits are read too where a trigger has a second part.</summary>
    public static Task<ProgressRows> ReadAsync(NpgsqlConnection connection, IReadOnlyList<Touch> touches, CancellationToken cancellation) => ReadAsync(connection,
        [.. touches.Select(t => (t.Trigger.Campaign.Id, t.Event.CustomerId)).Distinct()],
        [.. touches.Where(t => t.Trigger.Rule.Then is not null).Select(t => (t.Trigger.Campaign.Id, t.Event.CustomerId)).Distinct()], cancellation);

    /// <param name="waiting">Those whose wait is read too.</param>
    public static async Task<ProgressRows> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<(int Campaign, string Customer)> keys, IReadOnlyList<(int Campaign, string Customer)> waiting, CancellationToken cancellation)
    {
        var progress = new ProgressRows();
        if (keys.Count == 0) return progress;
        await using var batch = new NpgsqlBatch(connection);
        var waits = new Dictionary<(int, string), TriggerWait>();
        if (waiting.Count > 0) batch.Add(SqlFile.Read("read-trigger-waits.sql"), Of(waiting, k => k.Campaign), Of(waiting, k => k.Customer));
        batch.Add(SqlFile.Read("read-trigger-progress.sql"), Of(keys, k => k.Campaign), Of(keys, k => k.Customer));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        if (waiting.Count > 0)
        {
            while (await reader.ReadAsync(cancellation)) waits[(reader.GetInt32(0), reader.GetString(1))] = new(reader.GetString(2), reader.GetDateTime(3), reader.GetDateTime(4), reader.GetString(5));
            await reader.NextResultAsync(cancellation);
        }
        while (await reader.ReadAsync(cancellation))
        {
            var key = (reader.GetInt32(0), reader.GetString(1));
            waits.Remove(key, out var wait);
            progress._rows[key] = new(reader.GetFieldValue<DateTime[]>(2), reader.GetFieldValue<DateTime[]>(3), wait, reader.IsDBNull(4) ? null : reader.GetDateTime(4), reader.GetInt32(5));
        }
        foreach (var (key, wait) in waits) progress._rows[key] = new([], [], wait);
        return progress;
    }

    public TriggerProgress Of(LiveTrigger trigger, string customer)
    {
        var key = (trigger.Campaign.Id, customer);
        if (!_rows.TryGetValue(key, out var row)) _rows[key] = row = new([], [], null);
        return row;
    }

    /// <summary>Writes what changed.</summary>
    public void AddWrite(NpgsqlBatch batch)
    {
        // In the order of the key, so that neighbours in the table are written one after the other.
        var counted = _rows.Where(p => p.Value.HasChanged).OrderBy(p => p.Key.Campaign).ThenBy(p => p.Key.Customer, StringComparer.Ordinal).ToList();
        if (counted.Count > 0)
        {
            var (times, follows) = (Ends(counted, p => p.Value.Times), Ends(counted, p => p.Value.Follows));
            batch.Add(SqlFile.Read("write-trigger-progress.sql"), Of(counted, p => p.Key.Campaign), Of(counted, p => p.Key.Customer),
                counted.SelectMany(p => p.Value.Times).ToArray(), times, counted.SelectMany(p => p.Value.Follows).ToArray(), follows,
                Of(counted, p => (DateTimeOffset?)p.Value.EnteredAt), Of(counted, p => p.Value.Limited));
        }
        var waits = _rows.Where(p => p.Value.WaitChanged).ToList();
        if (waits.Count > 0)
        {
            batch.Add(SqlFile.Read("write-trigger-waits.sql"), Of(waits, p => p.Key.Campaign), Of(waits, p => p.Key.Customer), Of(waits, p => p.Value.Wait?.EventId), Of(waits, p => (DateTimeOffset?)p.Value.Wait?.MetAt),
                Of(waits, p => (DateTimeOffset?)p.Value.Wait?.DueAt), Of(waits, p => p.Value.Wait?.Parameters));
        }
    }

    /// <summary>Where each row's times end in the array of all rows' times.</summary>
    private static int[] Ends(List<KeyValuePair<(int, string), TriggerProgress>> rows, Func<KeyValuePair<(int, string), TriggerProgress>, IReadOnlyList<DateTime>> times)
    {
        var end = 0;
        return [.. rows.Select(r => end += times(r).Count)];
    }

    private static TValue[] Of<T, TValue>(IReadOnlyList<T> items, Func<T, TValue> value) => [.. items.Select(value)];
}
