using Optimove.Portal.Twins.Mail;

namespace Optimove.Portal.Twins.Partner;

/// <summary>
/// What a partner runs beside its listener: it registers itself and its templates, fetches the lists that it was told of, sends at each person's time, and posts figures and interactions
/// for seven days, whenever there is something new.
/// </summary>
internal sealed class PartnerProgram(PartnerAccount account, Uri listener, TimeProvider clock)
{
    private const int Sent = 0, Delivered = 1, Opened = 2, Clicked = 3, Unsubscribed = 4, Bounced = 7;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), PostEvery = TimeSpan.FromHours(3);

    /// <summary>Works until cancelled; a call that fails is made again at the next turn.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        PartnerAccess? registered = null;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var access = account.Access;
                using var portal = new PortalCalls(access);
                if (registered != access) await RegisterAsync(portal, access, cancellation);
                registered = access;
                foreach (var campaign in Open()) await CarryAsync(portal, campaign, cancellation);
            }
            catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                // The portal is not there; it is asked again.
            }
            await Task.Delay(Pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RegisterAsync(PortalCalls portal, PartnerAccess access, CancellationToken cancellation)
    {
        await portal.ListenAsync(13, access.Channel, listener, cancellation);
        await portal.ListenAsync(4, null, listener, cancellation);
        if (access.TriggeredChannel is { } triggered) await portal.ListenAsync(11, triggered, listener, cancellation);
        foreach (var channel in access.TriggeredChannel is { } second ? new[] { access.Channel, second } : [access.Channel]) await portal.OfferAsync(channel, account.Templates, cancellation);
    }

    private List<PartnerCampaign> Open()
    {
        lock (account.Gate) return [.. account.Campaigns.Values.Where(c => c.StoppedAt is null && (c.PostedUntil is null || c.Messages.Any(m => c.PostedUntil < m.SendAt + Outcome.Week)))];
    }

    private async Task CarryAsync(PortalCalls portal, PartnerCampaign campaign, CancellationToken cancellation)
    {
        try
        {
            if (campaign.FetchedAt is null)
            {
                var people = await portal.FetchAsync(campaign.Id, cancellation);
                lock (account.Gate)
                {
                    campaign.Messages.AddRange(people);
                    campaign.FetchedAt = clock.GetUtcNow();
                }
            }
            await PostAsync(portal, campaign, cancellation);
            campaign.Fault = null;
        }
        catch (HttpRequestException e)
        {
            campaign.Fault = e.Message;
        }
        account.Note();
    }

    private async Task PostAsync(PortalCalls portal, PartnerCampaign campaign, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var sent = campaign.Messages.Where(m => m.SendAt <= now).ToList();
        if (sent.Count == 0 || campaign.PostedUntil is { } until && now - until < PostEvery) return;
        var figures = new List<(long, int, long)>();
        foreach (var template in sent.GroupBy(m => m.TemplateId))
        {
            var sum = Figures.Of(Key(campaign), template.Select(m => m.CustomerId), now - template.Min(m => m.SendAt));
            figures.AddRange(
            [
                (template.Key, Sent, sum.Sent), (template.Key, Delivered, sum.Delivered), (template.Key, Bounced, sum.HardBounces + sum.SoftBounces + sum.SyntaxErrors),
                (template.Key, Opened, sum.UniqueOpens), (template.Key, Clicked, sum.UniqueSubscriberClicks), (template.Key, Unsubscribed, sum.Unsubscribed),
            ]);
            var from = campaign.PostedUntil ?? DateTimeOffset.MinValue;
            await TellAsync(portal, campaign, template, Opened, from, now, o => o.OpenedAfter, cancellation);
            await TellAsync(portal, campaign, template, Clicked, from, now, o => o.ClickedAfter, cancellation);
        }
        await portal.PostFiguresAsync(campaign.Id, figures, cancellation);
        campaign.PostedUntil = now;
    }

    private static async Task TellAsync(PortalCalls portal, PartnerCampaign campaign, IGrouping<long, PartnerMessage> sent, int happened, DateTimeOffset from, DateTimeOffset to,
        Func<Outcome, TimeSpan?> when, CancellationToken cancellation)
    {
        var news = sent.Select(m => (m.CustomerId, At: m.SendAt + when(Outcome.Of(Key(campaign), m.CustomerId)))).Where(m => m.At > from && m.At <= to);
        foreach (var day in news.GroupBy(m => DateOnly.FromDateTime(m.At!.Value.UtcDateTime)))
            await portal.PostInteractionsAsync(campaign.Id, sent.Key, happened, day.Key, day.Select(m => m.CustomerId), cancellation);
    }

    private static string Key(PartnerCampaign campaign) => $"partner-{campaign.Id}";
}
