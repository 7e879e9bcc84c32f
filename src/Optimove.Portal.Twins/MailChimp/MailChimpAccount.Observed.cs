using Optimove.Portal.Twins.MailChimp.Campaigns;
using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.MailChimp.Observed;
using Optimove.Portal.Twins.Mail;
using Optimove.Portal.Twins.MailChimp.Reports;

namespace Optimove.Portal.Twins.MailChimp;

public sealed partial class MailChimpAccount
{
    /// <summary>Everyone who was mailed under a title and how often; everyone who ever was, without one.</summary>
    /// <param name="includeScheduled">Counts campaigns that are still scheduled as if they were sent now.</param>
    public IReadOnlyDictionary<string, int> Deliveries(string? title = null, bool includeScheduled = false)
    {
        lock (Gate)
        {
            var times = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var (list, mailed) in Mailings(title, includeScheduled))
                foreach (var member in mailed.Members())
                    times[list.Addresses[member]] = times.GetValueOrDefault(list.Addresses[member]) + 1;
            return times;
        }
    }

    /// <summary>Everyone who was mailed more than once under one title: empty when the sender works. Campaigns without a title are left out.</summary>
    public IReadOnlyList<Duplicate> Duplicates(bool includeScheduled = false)
    {
        List<string> repeated;
        lock (Gate)
        {
            Advance(Now);
            repeated = [.. Campaigns.Where(c => c.Settings.Title.Length > 0).GroupBy(c => c.Settings.Title).Where(g => g.Count() > 1).Select(g => g.Key)];
        }
        return [.. repeated.SelectMany(title => Deliveries(title, includeScheduled).Where(d => d.Value > 1).Select(d => new Duplicate(title, d.Key, d.Value)))];
    }

    /// <summary>A campaign's figures at this moment; null unless it has been sent.</summary>
    public Figures? FiguresOf(string campaignId)
    {
        lock (Gate)
        {
            Advance(Now);
            return Campaign(campaignId) is { HasReport: true } campaign
                ? CampaignFigures.Of(campaign.Id, Lists[campaign.ListId].Addresses, campaign.Recipients!, Now - campaign.SendTime!.Value) : null;
        }
    }

    /// <summary>Everyone whom a campaign mails or mailed; empty before it begins to send. What each does with it is <see cref="Outcome.Of(string, string)"/>.</summary>
    public IReadOnlyList<string> RecipientsOf(string campaignId)
    {
        lock (Gate)
        {
            Advance(Now);
            return Campaign(campaignId) is { Recipients: { } recipients } campaign
                ? [.. recipients.Members().Select(m => Lists[campaign.ListId].Addresses[m])] : [];
        }
    }

    /// <summary>Who is in a segment, whatever the status.</summary>
    public IReadOnlyList<string> MembersOf(int segmentId)
    {
        lock (Gate)
        {
            foreach (var list in Lists.Values)
                if (list.Segments.TryGetValue(segmentId, out var segment)) return [.. segment.Members.Members().Select(m => list.Addresses[m])];
            return [];
        }
    }

    /// <summary>What the account holds and has received; the newest first.</summary>
    /// <param name="calls">At most so many calls.</param>
    public MailChimpState Observe(int calls = 200)
    {
        var duplicates = Duplicates();
        lock (Gate)
        {
            var now = Now;
            Advance(now);
            return new MailChimpState
            {
                Account = Name,
                Now = now,
                CallsReceived = Log.Total,
                PeakConcurrency = PeakConcurrency,
                Faults = Faults.Current,
                Lists = [.. Lists.Values.Select(l => new ListState(l.Id, l.Name, l.Addresses.Count, l.Subscribed.Count, l.Cleaned.Count))],
                Segments = [.. Lists.Values.SelectMany(l => l.Segments.Values).Select(s => SegmentState.Of(s, s.IsProcessing(now, SegmentDelay))).Reverse()],
                Campaigns = [.. Campaigns.Select(c => CampaignState.Of(c, Lists.TryGetValue(c.ListId, out var list) ? Checklist.RecipientCount(this, list, c, now) : 0)).Reverse()],
                Duplicates = duplicates.Count,
                DuplicateSample = [.. duplicates.Take(100)],
                Calls = Log.Recent(calls),
            };
        }
    }

    private List<(MailList List, MemberSet Mailed)> Mailings(string? title, bool includeScheduled)
    {
        Advance(Now);
        var mailings = new List<(MailList, MemberSet)>();
        foreach (var campaign in Campaigns)
        {
            if (title is not null && campaign.Settings.Title != title || !Lists.TryGetValue(campaign.ListId, out var list)) continue;
            if (campaign.Recipients is { } mailed) mailings.Add((list, mailed));
            else if (includeScheduled && campaign is { Status: CampaignStatus.Schedule, Deleted: false }) mailings.Add((list, campaign.Reach(list)));
        }
        return mailings;
    }
}
