using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Events.Log;

/// <summary>Posts a test notice to a listener at once, before whatever waits for it, and keeps what came of it. It names campaign 0, which does not exist.</summary>
public sealed class TryListener(IDbContextFactory<PortalDb> databases, PostNotice post, Actor actor, TimeProvider clock)
{
    private const int NoCampaign = 0;

    /// <returns>What the listener answered.</returns>
    /// <exception cref="RefusedException">The listener is gone, or the person may only look.</exception>
    public async Task<PostedNotice> RunAsync(int listenerId, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var listener = await db.EventListeners.AsNoTracking().SingleOrDefaultAsync(l => l.Id == listenerId, cancellation) ?? throw new RefusedException("This listener has been removed.");
        var key = await db.Database.SqlQuery<string>($"select signing_key as \"Value\" from api_credentials where id = {listener.CredentialId}").SingleAsync(cancellation);
        var now = clock.GetUtcNow();
        var type = listener.EventType;
        var news = new EventNews(type, type is EventNews.AllProcessed or EventNews.DataUpdated ? null : NoCampaign, listener.ChannelId, type == EventNews.CampaignOnHold ? now : null);
        var notice = db.EventDeliveries.Add(new() { ListenerId = listenerId, EventType = type, Body = news.Body(now), CreatedAt = now, Tries = 1, ByPerson = true }).Entity;
        await db.SaveChangesAsync(cancellation);
        var told = await post.RunAsync(new(listenerId, "", listener.Url, key), notice.Id, notice.Body, cancellation);
        (notice.Status, notice.TookMs, notice.Fault) = (told.Status, told.TookMs, told.Fault);
        if (told.Fault is null) notice.DeliveredAt = clock.GetUtcNow();
        else notice.GivenUpAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
        return told;
    }
}
