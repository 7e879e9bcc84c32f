using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Events.Log;

/// <summary>Tells a listener once more what it was told before, or what was given up: the same body, behind whatever waits for it already.</summary>
public sealed class ReplayNotice(IDbContextFactory<PortalDb> databases, EventBell bell, TenantContext tenant, Actor actor, Audit audit, TimeProvider clock)
{
    /// <exception cref="RefusedException">The notice is gone or still waits, or the person may only look.</exception>
    public async Task RunAsync(long noticeId, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var old = await db.EventDeliveries.AsNoTracking().SingleOrDefaultAsync(d => d.Id == noticeId, cancellation) ?? throw new RefusedException("This notice is no longer there; its listener was removed.");
        if (old.NextTryAt is not null) throw new RefusedException("This notice still waits to be taken; it is tried again by itself.");
        var now = clock.GetUtcNow();
        db.EventDeliveries.Add(new() { ListenerId = old.ListenerId, EventType = old.EventType, OccurrenceId = old.OccurrenceId, Body = old.Body, CreatedAt = now, NextTryAt = now, ByPerson = true });
        audit.Record(db, "notice.replayed", $"Notice {noticeId}, {EventNews.InWords(old.EventType)}");
        await db.SaveChangesAsync(cancellation);
        bell.Ring(tenant.Current);
    }
}
