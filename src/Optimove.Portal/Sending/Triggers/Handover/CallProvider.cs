using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Handover;

/// <summary>Makes the next call of a lane: takes what is due, commits that it is in flight, calls, keeps the outcome. An account's pace is waited for before anything is in flight.</summary>
public sealed class CallProvider(HandoverQueue queue, OpenConnection open, IDbContextFactory<PortalDb> databases, Pacing pacing, TenantContext tenant, TimeProvider clock)
{
    private const int MostBlocked = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <returns>Whether there may be more to do at once.</returns>
    public async Task<bool> RunAsync(HandoverLane lane, CancellationToken cancellation = default)
    {
        var (way, closed) = await OpenAsync(lane, cancellation);
        var most = way?.Provider.Info.AtOnce!.Recipients ?? MostBlocked;
        if (way is not null) await WaitForPaceAsync(way, await queue.CountAsync(lane, most, cancellation), cancellation);
        if (await queue.ClaimAsync(lane, most, way?.PreferenceChannel ?? "", cancellation) is not { } sends) return false;
        if (sends.Ids.Length == 0) return true;
        await queue.SettleAsync(sends, way is null ? HandoverOutcome.Blocked(closed!) : await CallAsync(way, sends));
        return true;
    }

    // Not broken off while the process is being stopped: what is in the air comes to its end and is recorded.
    private async Task<HandoverOutcome> CallAsync(Way way, ClaimedSends sends)
    {
        try
        {
            var send = new TriggeredSend { DispatchId = $"opt-{tenant.Current.Id}-triggered-{sends.Call}", TemplateId = way.Template.ProviderId, ScopeId = way.Template.ScopeId, Recipients = sends.Recipients };
            return HandoverOutcome.Of(await way.Provider.SendNowAsync(way.Access, send, CancellationToken.None));
        }
        catch (ProviderException fault)
        {
            return HandoverOutcome.Of(fault, sends.Ids.Length);
        }
    }

    private async Task WaitForPaceAsync(Way way, int recipients, CancellationToken cancellation)
    {
        if (recipients == 0 || way.Provider.Info.Pace is not { } pace) return;
        var granted = await pacing.GrantAsync(Pacing.AccountOf(way.Provider, way.Access.Settings), recipients, pace, cancellation);
        for (var wait = granted - clock.GetUtcNow(); wait > TimeSpan.Zero; wait = granted - clock.GetUtcNow()) await Task.Delay(wait < LongestWait ? wait : LongestWait, clock, cancellation);
    }

    private async Task<(Way? Way, string? Closed)> OpenAsync(HandoverLane lane, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var template = await db.Templates.AsNoTracking().Where(t => t.Id == lane.TemplateId)
            .Select(t => new Template { ProviderId = t.ProviderId, Name = t.Name, ScopeId = t.ScopeId, GoneAt = t.GoneAt, Unusable = t.Unusable }).SingleOrDefaultAsync(cancellation);
        if (template is null) return (null, "The template is not there any more. Choose another in the campaign.");
        if (TemplateUse.Why(template, needsSubject: false) is { } why) return (null, $"The template \"{template.Name}\" cannot be sent. {why}");
        try
        {
            var (provider, access) = await open.RunAsync(lane.ConnectionId, cancellation);
            return (new(provider, access, template, provider.PreferenceOf(new(access.Settings))), null);
        }
        catch (RefusedException e)
        {
            return (null, e.Message);
        }
    }

    private sealed record Way(IProvider Provider, ProviderConnection Access, Template Template, string PreferenceChannel);
}
