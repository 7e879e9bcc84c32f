using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Clients;

/// <summary>One client in the list of clients.</summary>
/// <param name="Visiting">The person who asks is in there.</param>
/// <param name="VisitedAt">When they last went in; null where they never have.</param>
/// <param name="Csms">Who looks after it, by name.</param>
public sealed record ClientLine(TenantScope Tenant, DateTimeOffset? SuspendedAt, bool Visiting, DateTimeOffset? VisitedAt, IReadOnlyList<string> Csms);

/// <summary>A client as staff edit it.</summary>
public sealed record ClientDetails(
    string Slug, string Name, string TimeZone, string Currency, Kpi Kpi, TimeOnly NightlyAt, DateTimeOffset CreatedAt, DateTimeOffset? SuspendedAt,
    bool Visiting, IReadOnlyList<CsmChoice> Csms);

/// <summary>A CSM and whether they look after the client.</summary>
public sealed record CsmChoice(int UserId, string Name, bool Assigned);
