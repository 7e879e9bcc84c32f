using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Clients;

/// <summary>One client in the list of clients.</summary>
/// <param name="DataDate">The day that the customer data in use describes; null before the first import.</param>
/// <param name="DataAgeDays">How many days ago that is on the client's calendar.</param>
/// <param name="DataHeld">The newest customer file was not used and waits for a person.</param>
public sealed record ClientLine(
    string Slug, string Name, string TimeZone, DateTimeOffset? SuspendedAt, bool Visiting,
    DateOnly? DataDate, int? DataAgeDays, bool DataHeld, int Held, int Missed, int Incomplete, int Blocked)
{
    /// <summary>How much the client needs help: what went wrong last night weighs more than what may go wrong tonight.</summary>
    public int Need => SuspendedAt is not null ? -1 : 1000 * Missed + 500 * Incomplete + 200 * Held + 100 * Blocked + (DataHeld ? 50 : 0) + (DataAgeDays is null or > 1 ? 20 : 0);
}

/// <summary>A client as staff edit it.</summary>
public sealed record ClientDetails(
    string Slug, string Name, string TimeZone, string Currency, Kpi Kpi, TimeOnly NightlyAt, DateTimeOffset CreatedAt, DateTimeOffset? SuspendedAt,
    bool Visiting, IReadOnlyList<CsmChoice> Csms);

/// <summary>A CSM and whether they look after the client.</summary>
public sealed record CsmChoice(int UserId, string Name, bool Assigned);
