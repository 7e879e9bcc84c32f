using Optimove.Portal.Campaigns;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics;

/// <summary>When a day's figures are read: from 07:00 in the client's zone, so many days after the send day.</summary>
public static class ReadingTime
{
    private static readonly TimeOnly At = new(7, 0);

    /// <param name="day">1 to <see cref="CollectMetrics.Days"/>.</param>
    public static DateTimeOffset Of(Occurrence o, int day, TenantScope tenant) => WallClock.ToInstant(tenant.DayOf(o.SendAt).AddDays(day), At, tenant.Zone);
}
