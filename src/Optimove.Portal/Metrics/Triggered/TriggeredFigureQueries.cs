using NpgsqlTypes;
using Optimove.Portal.Data;
using Optimove.Portal.Metrics.Posts;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics.Triggered;

/// <summary>Reads what partners posted about triggered campaigns.</summary>
public sealed class TriggeredFigureQueries(TenantDatabase database)
{
    /// <summary>Those of one campaign; all zero posts where there are none.</summary>
    public async Task<TriggeredFigures> OfAsync(int campaign, CancellationToken cancellation) =>
        (await ReadAsync(campaign, cancellation)).GetValueOrDefault(campaign, TriggeredFigures.None);

    /// <summary>By campaign; none for one that nobody posted about.</summary>
    public Task<IReadOnlyDictionary<int, TriggeredFigures>> AllAsync(CancellationToken cancellation) => ReadAsync(null, cancellation);

    private async Task<IReadOnlyDictionary<int, TriggeredFigures>> ReadAsync(int? campaign, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new Npgsql.NpgsqlCommand(SqlFile.Read("read-triggered-figures.sql"), connection)
        {
            Parameters = { new() { Value = (object?)campaign ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer } },
        };
        var rows = new List<(int Campaign, int Metric, long Value, DateTimeOffset At)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) rows.Add((reader.GetInt32(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return rows.GroupBy(r => r.Campaign).ToDictionary(g => g.Key, g => new TriggeredFigures(g.ToDictionary(r => r.Metric, r => r.Value), g.Max(r => r.At)));
    }
}

/// <summary>What the posts about a campaign come to, over all its templates.</summary>
/// <param name="Values">By metric; see <see cref="PartnerMetric"/>.</param>
/// <param name="LastAt">When the last post came that changed one; null while there is none.</param>
public sealed record TriggeredFigures(IReadOnlyDictionary<int, long> Values, DateTimeOffset? LastAt)
{
    public static TriggeredFigures None { get; } = new(new Dictionary<int, long>(), null);

    public long? Sent => Of(PartnerMetric.Sent);
    public long? Delivered => Of(PartnerMetric.Delivered);
    public long? UniqueOpens => Of(PartnerMetric.Opened);
    public long? UniqueClicks => Of(PartnerMetric.Clicked);
    public long? Unsubscribed => Of(PartnerMetric.Unsubscribed);
    public long? Bounced => Of(PartnerMetric.Bounced);
    public long? Dropped => Of(PartnerMetric.Dropped);
    public long? Complaints => Of(PartnerMetric.Spam);

    private long? Of(int metric) => Values.TryGetValue(metric, out var value) ? value : null;
}
