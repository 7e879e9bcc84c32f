using Optimove.Portal.Data;
using Optimove.Portal.Metrics.Posts;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics.Triggered;

/// <summary>Reads what partners posted about triggered campaigns.</summary>
public sealed class TriggeredFigureQueries(TenantDatabase database)
{
    /// <summary>By campaign; none for one that nobody posted about.</summary>
    public async Task<IReadOnlyDictionary<int, TriggeredFigures>> ReadAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.ListAsync(SqlFile.Read("read-triggered-figures.sql"),
            r => (Campaign: r.GetInt32(0), Metric: r.GetInt32(1), Value: r.GetInt64(2), At: r.GetFieldValue<DateTimeOffset>(3), IsPeople: r.GetBoolean(4)), cancellation);
        return rows.GroupBy(r => r.Campaign).ToDictionary(g => g.Key, g => new TriggeredFigures(g.ToDictionary(r => r.Metric, r => new TriggeredFigure(r.Value, r.IsPeople)), g.Max(r => r.At)));
    }
}

/// <param name="IsPeople">Whether it is a number of customers, counted from what was told of each, and not of messages.</param>
public readonly record struct TriggeredFigure(long Value, bool IsPeople);

/// <summary>What the posts about a campaign come to, over all its templates.</summary>
/// <param name="Values">By metric; see <see cref="PartnerMetric"/>.</param>
/// <param name="LastAt">When the last post came that changed one; null while there is none.</param>
public sealed record TriggeredFigures(IReadOnlyDictionary<int, TriggeredFigure> Values, DateTimeOffset? LastAt)
{
    public static TriggeredFigures None { get; } = new(new Dictionary<int, TriggeredFigure>(), null);

    public TriggeredFigure? Sent => Of(PartnerMetric.Sent);
    public TriggeredFigure? Delivered => Of(PartnerMetric.Delivered);
    public TriggeredFigure? UniqueOpens => Of(PartnerMetric.Opened);
    public TriggeredFigure? UniqueClicks => Of(PartnerMetric.Clicked);
    public TriggeredFigure? Unsubscribed => Of(PartnerMetric.Unsubscribed);
    public TriggeredFigure? Bounced => Of(PartnerMetric.Bounced);
    public TriggeredFigure? Dropped => Of(PartnerMetric.Dropped);
    public TriggeredFigure? Complaints => Of(PartnerMetric.Spam);

    private TriggeredFigure? Of(int metric) => Values.TryGetValue(metric, out var value) ? value : null;
}
