using Optimove.Portal.Twins.Cheetah.Campaigns;
using Optimove.Portal.Twins.Cheetah.Observed;
using Optimove.Portal.Twins.Mail;

namespace Optimove.Portal.Twins.Cheetah;

public sealed partial class CheetahAccount
{
    /// <summary>Everyone who was mailed under a campaign name and how often; everyone who ever was, without one.</summary>
    /// <param name="includeScheduled">Counts approved campaigns that are still scheduled as if they were sent now.</param>
    public IReadOnlyDictionary<string, int> Deliveries(string? name = null, bool includeScheduled = false)
    {
        lock (Gate)
        {
            var times = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var campaign in Campaigns.Where(c => name is null || c.Name == name))
                foreach (var identifier in Reached(campaign, includeScheduled))
                    times[identifier] = times.GetValueOrDefault(identifier) + 1;
            return times;
        }
    }

    /// <summary>A campaign's figures at this moment; null before anybody was mailed.</summary>
    public Figures? FiguresOf(long campaignId)
    {
        lock (Gate) return Campaign(campaignId)?.FiguresAt(Now, this);
    }

    /// <summary>What the account holds and has received; the newest first.</summary>
    /// <param name="calls">At most so many calls.</param>
    public CheetahState Observe(int calls = 200)
    {
        var duplicates = DuplicateCount();
        lock (Gate)
        {
            var now = Now;
            return new CheetahState
            {
                Account = Name,
                Now = now,
                CallsReceived = Log.Total,
                PeakConcurrency = PeakConcurrency,
                People = People.Count,
                Switches = Switches,
                Faults = Faults.Current,
                Imports = [.. Imports.Select(i => ImportLine.Of(i, i.StatusAt(now, Switches))).Reverse()],
                Campaigns = [.. Campaigns.Select(c => CampaignLine.Of(c, c.StatusAt(now, Switches), c.Audience?.Length ?? 0, c.MailedAt(now, this).Count())).Reverse()],
                Duplicates = duplicates,
                Calls = Log.Recent(calls),
            };
        }
    }

    internal string? CampaignHtml(long id)
    {
        lock (Gate) return Campaign(id)?.Body["contBodies"]?[0]?["body"]?.ToString();
    }

    private IEnumerable<string> Reached(EmailCampaign campaign, bool includeScheduled) =>
        includeScheduled && !campaign.Deleted && campaign.StatusAt(Now, Switches) == CampaignStatus.Scheduled
            ? campaign.Audience!.Select(place => People[place]) : campaign.MailedAt(Now, this);

    /// <summary>People mailed more than once under one name: 0 when the sender works.</summary>
    private int DuplicateCount()
    {
        List<string> repeated;
        lock (Gate) repeated = [.. Campaigns.GroupBy(c => c.Name).Where(g => g.Count() > 1).Select(g => g.Key)];
        return repeated.Sum(name => Deliveries(name).Count(d => d.Value > 1));
    }
}
