using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics.Posts;

/// <summary>
/// Makes the day's reading of an occurrence from what a partner has posted up to now. A figure that was posted counts as it was; one that was not is counted
/// from the customers whose interactions were told, each once.
/// </summary>
public sealed class PostedReadings(TenantContext tenant, TimeProvider clock)
{
    /// <summary>Lets posts of the same occurrences wait for each other.</summary>
    internal static async Task LockAsync(PortalDb db, IEnumerable<int> occurrences, CancellationToken cancellation)
    {
        int[] ids = [.. occurrences.Distinct().Order()];
        await db.Database.ExecuteSqlAsync($"select 1 from occurrences where id = any({ids}) order by id for no key update", cancellation);
    }

    /// <summary>Puts the readings into the context; the caller saves.</summary>
    internal async Task WriteAsync(PortalDb db, IEnumerable<int> occurrences, CancellationToken cancellation)
    {
        foreach (var id in occurrences)
        {
            var occurrence = await db.Occurrences.AsNoTracking().SingleAsync(o => o.Id == id, cancellation);
            var posted = await db.PostedFigures.Where(f => f.OccurrenceId == id).GroupBy(f => f.Metric).Select(g => new { g.Key, Sum = g.Sum(f => f.Value) }).ToDictionaryAsync(g => g.Key, g => g.Sum, cancellation);
            Fill(await PullAsync(db, occurrence, cancellation), posted, await PeopleAsync(db, id, cancellation));
        }
    }

    /// <summary>The day of the week after the send in whose reading a post counts: each ends at the reading time of the morning after.</summary>
    internal int DayOf(Occurrence o, DateTimeOffset at)
    {
        var day = 1;
        while (day < CollectMetrics.Days && ReadingTime.Of(o, day, tenant.Current) < at) day++;
        return day;
    }

    private async Task<MetricPull> PullAsync(PortalDb db, Occurrence o, CancellationToken cancellation)
    {
        var day = DayOf(o, clock.GetUtcNow());
        return await db.MetricPulls.SingleOrDefaultAsync(p => p.OccurrenceId == o.Id && p.Day == day, cancellation)
            ?? db.MetricPulls.Add(new() { OccurrenceId = o.Id, Day = day }).Entity;
    }

    private static async Task<Dictionary<int, long>> PeopleAsync(PortalDb db, int occurrence, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select event, people from interaction_people where occurrence_id = $1", (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters = { new() { Value = occurrence } },
        };
        var people = new Dictionary<int, long>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) people[reader.GetInt16(0)] = reader.GetInt32(1);
        return people;
    }

    private void Fill(MetricPull pull, Dictionary<int, long> posted, Dictionary<int, long> people)
    {
        long? Of(int metric) => posted.TryGetValue(metric, out var sum) ? sum : people.TryGetValue(metric, out var count) ? count : null;
        (pull.State, pull.PulledAt, pull.Tries) = (PullState.Read, clock.GetUtcNow(), pull.Tries + 1);
        (pull.Sent, pull.Delivered, pull.Bounced) = (Of(PartnerMetric.Sent), Of(PartnerMetric.Delivered), Of(PartnerMetric.Bounced));
        (pull.UniqueOpens, pull.UniqueClicks) = (Of(PartnerMetric.Opened), Of(PartnerMetric.Clicked));
        (pull.Unsubscribed, pull.Complaints) = (Of(PartnerMetric.Unsubscribed), Of(PartnerMetric.Spam));
        pull.Sentence = Of(PartnerMetric.Dropped) is { } dropped and > 0 ? $"The partner dropped {dropped:N0} messages before sending them." : null;
        pull.Raw = JsonSerializer.Serialize(new { posted, customers = people });
    }
}
