using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Scheduling;

/// <summary>
/// When a campaign goes out and from when it can no longer be edited: it locks with the last night that ends at least an hour before it
/// goes out, or five minutes from now where that night is over.
/// </summary>
public readonly record struct SendPlan(DateTimeOffset SendAt, DateTimeOffset LocksAt)
{
    /// <summary>The least time between scheduling and sending.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(45);

    private static readonly TimeSpan BeforeSending = TimeSpan.FromHours(1);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <param name="nightlyAt">The wall time at which the tenant's night begins.</param>
    public static SendPlan Make(DateOnly date, TimeOnly time, TimeZoneInfo zone, TimeOnly nightlyAt, DateTimeOffset now)
    {
        var sendAt = WallClock.ToInstant(date, time, zone);
        var night = WallClock.LastAtOrBefore(sendAt - BeforeSending, nightlyAt, zone);
        return new(sendAt, night > now + Grace ? night : now + Grace);
    }
}
