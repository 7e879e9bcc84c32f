using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Executions;

/// <summary>Notes that a partner's program fetched a page of a list, so that people see whether the partner knows everybody.</summary>
public sealed class NoteFetch(IDbContextFactory<PortalDb> databases, TenantContext tenant, TimeProvider clock)
{
    /// <param name="upTo">End of the page, in people of the list.</param>
    public async Task RunAsync(int occurrenceId, int upTo, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"""
            insert into list_fetches as f (tenant_id, occurrence_id, first_at, last_at, people) values ({tenant.Current.Id}, {occurrenceId}, {now}, {now}, {upTo})
            on conflict (tenant_id, occurrence_id) do update set last_at = excluded.last_at, people = greatest(f.people, excluded.people)
            """, cancellation);
    }
}
