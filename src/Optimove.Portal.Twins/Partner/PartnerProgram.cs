using Optimove.Portal.Twins.Mail;

namespace Optimove.Portal.Twins.Partner;

/// <summary>
/// What a partner runs beside its listener: it registers itself and its templates, fetches the lists that it was told of, sends at each person's time, and posts figures and interactions
/// for seven days, whenever there is something new.
/// </summary>
internal sealed class PartnerProgram(PartnerAccount account, Uri listener, TimeProvider clock)
{
    private const int Sent = 0, Delivered = 1, Opened = 2, Clicked = 3, Unsubscribed = 4, Bounced = 7;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), PostEvery = TimeSpan.FromHours(3), PostNewEvery = TimeSpan.FromMinutes(1);

    private readonly List<TriggeredMessage> _triggered = [];

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
                if (access.TriggeredChannel is { } channel) await PostTriggeredAsync(portal, channel, cancellation);
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
        var (key, from) = ($"partner-{campaign.Id}", campaign.PostedUntil ?? DateTimeOffset.MinValue);
        await PostAsync(portal, account.Access.Channel, campaign.Id, [.. sent.Select(m => new Sending(m.TemplateId, m.CustomerId, m.SendAt, Outcome.Of(key, m.CustomerId)))], from, now, cancellation);
        campaign.PostedUntil = now;
    }

    // Whoever meets a trigger twice does the same with both messages, and is one customer.
    private async Task PostTriggeredAsync(PortalCalls portal, int channel, CancellationToken cancellation)
    {
        lock (account.Gate) _triggered.AddRange(account.Triggered.Skip(_triggered.Count).Select(TriggeredMessage.Of));
        var now = clock.GetUtcNow();
        foreach (var campaign in _triggered.GroupBy(m => m.CampaignId))
        {
            var (count, last) = (campaign.Count(), account.TriggeredPosts.GetValueOrDefault(campaign.Key) ?? new(null, 0, null));
            if (last.At is { } at && (now - at < (count > last.Messages ? PostNewEvery : PostEvery) || at > campaign.Max(m => m.SentAt) + Outcome.Week)) continue;
            var post = new TriggeredPost(now, count, null);
            try
            {
                var key = $"partner-{campaign.Key}";
                await PostAsync(portal, channel, campaign.Key, [.. campaign.Select(m => new Sending(m.TemplateId, m.CustomerId, m.SentAt, Outcome.Of(key, m.CustomerId)))], last.At ?? DateTimeOffset.MinValue, now, cancellation);
            }
            catch (HttpRequestException e)
            {
                post = last with { Fault = e.Message };
            }
            lock (account.Gate) account.TriggeredPosts[campaign.Key] = post;
            account.Note();
        }
    }

    /// <summary>Posts the figures of all messages of a campaign, and what customers did with them between two moments.</summary>
    private static async Task PostAsync(PortalCalls portal, int channel, int campaign, IReadOnlyList<Sending> sent, DateTimeOffset from, DateTimeOffset now, CancellationToken cancellation)
    {
        var figures = new List<(long, int, long)>();
        foreach (var template in sent.GroupBy(m => m.TemplateId))
        {
            var sum = new Figures();
            foreach (var message in template) sum.Add(message.Outcome, now - message.SentAt);
            figures.AddRange(
            [
                (template.Key, Sent, sum.Sent), (template.Key, Delivered, sum.Delivered), (template.Key, Bounced, sum.HardBounces + sum.SoftBounces + sum.SyntaxErrors),
                (template.Key, Opened, sum.UniqueOpens), (template.Key, Clicked, sum.UniqueSubscriberClicks), (template.Key, Unsubscribed, sum.Unsubscribed),
            ]);
            await TellAsync(Opened, template, o => o.OpenedAfter);
            await TellAsync(Clicked, template, o => o.ClickedAfter);
        }
        await portal.PostFiguresAsync(channel, campaign, figures, cancellation);

        async Task TellAsync(int happened, IGrouping<long, Sending> template, Func<Outcome, TimeSpan?> when)
        {
            var news = template.Select(m => (m.CustomerId, At: m.SentAt + when(m.Outcome))).Where(m => m.At > from && m.At <= now);
            foreach (var day in news.GroupBy(m => DateOnly.FromDateTime(m.At!.Value.UtcDateTime)))
                await portal.PostInteractionsAsync(channel, campaign, template.Key, happened, day.Key, day.Select(m => m.CustomerId), cancellation);
        }
    }

    /// <summary>A message with what becomes of it.</summary>
    private readonly record struct Sending(long TemplateId, string CustomerId, DateTimeOffset SentAt, Outcome Outcome);
}
