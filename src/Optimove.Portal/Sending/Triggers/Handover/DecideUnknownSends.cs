using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Handover;

/// <summary>
/// Records what a person decides about messages of which nobody knows whether the provider took them: sent again, by whom that is at risk of having
/// the message twice, or left as they are. Nothing but this ever sends one of them again.
/// </summary>
public sealed class DecideUnknownSends(IDbContextFactory<PortalDb> databases, HandoverBell bell, TenantContext tenant, Actor actor, Audit audit, TimeProvider clock)
{
    /// <param name="sendId">One of them; null for all of the campaign's.</param>
    /// <returns>How many it was.</returns>
    /// <exception cref="RefusedException">There is none any more, or the campaign is not live, so that nothing is sent.</exception>
    public async Task<int> RunAsync(int campaignId, long? sendId, bool again, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var campaign = await db.TriggeredCampaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == campaignId, cancellation) ?? throw new RefusedException("This campaign was deleted meanwhile.");
        if (again && campaign.State != TriggeredCampaignState.Live) throw new RefusedException("Nothing is sent while the campaign is not live. Start it first, or leave the message as it is.");
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var many = again ? await SendAgainAsync(db, campaignId, sendId, now, cancellation) : await LeaveAsync(db, campaignId, sendId, now, cancellation);
        if (many == 0) throw new RefusedException("Somebody has decided about it already, or its answer came after all.");
        audit.Record(db, again ? "triggered-message.sent-again" : "triggered-message.left", campaign.AuditName, after: new { Messages = many, Message = sendId });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        if (again) bell.Ring(tenant.Current);
        return many;
    }

    private static Task<int> SendAgainAsync(PortalDb db, int campaignId, long? sendId, DateTimeOffset now, CancellationToken cancellation) => db.Database.ExecuteSqlAsync($"""
        update triggered_sends set state = 'waiting', next_try_at = {now}, give_up_at = {now + Deciding.TriggerMessage.Worth}, settled_at = null, call_id = null, sentence = null
        where campaign_id = {campaignId} and state = 'unknown' and ({sendId}::bigint is null or id = {sendId})
        """, cancellation);

    private async Task<int> LeaveAsync(PortalDb db, int campaignId, long? sendId, DateTimeOffset now, CancellationToken cancellation)
    {
        var many = await db.Database.ExecuteSqlAsync($"""
            update triggered_sends set state = 'given_up', settled_at = {now}, personal = null, sentence = {$"Left as it is by {actor.Name}: it may have arrived or not."}
            where campaign_id = {campaignId} and state = 'unknown' and ({sendId}::bigint is null or id = {sendId})
            """, cancellation);
        if (many == 0) return 0;
        await db.Database.ExecuteSqlAsync($"""
            insert into triggered_send_totals as t (campaign_id, state, sends) values ({campaignId}, 'given_up', {many})
            on conflict (campaign_id, state) do update set sends = t.sends + excluded.sends
            """, cancellation);
        return many;
    }
}
