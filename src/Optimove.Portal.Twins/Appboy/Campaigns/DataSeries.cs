using Optimove.Portal.Twins.Appboy.Pushes;

namespace Optimove.Portal.Twins.Appboy.Campaigns;

/// <summary>A campaign's figures by the day (in UTC) on which things happen, all its sends together, as far as they have been reported.</summary>
internal static class DataSeries
{
    /// <summary>From when something happens until it is counted, so that a day grows a little after its end.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(20);

    public static object[] Of(AppGroup group, AppboyCampaign campaign, DateOnly last, int length, DateTimeOffset now)
    {
        var days = Enumerable.Range(0, length).Select(i => last.AddDays(i + 1 - length)).ToDictionary(date => date, _ => new Day());
        foreach (var push in group.Pushes.Where(p => p.CampaignId == campaign.Id && p.Status == PushStatus.Sent))
            foreach (var message in push.Messages)
            {
                var outcome = PushOutcome.Of(push.DispatchId, message.User);
                Count(push.At, (day, counts) => (counts.Sent, counts.Bounces) = (counts.Sent + 1, counts.Bounces + (outcome.Bounced ? 1 : 0)));
                Count(push.At + outcome.OpenedAfter, (_, counts) => (counts.Direct, counts.Total) = (counts.Direct + 1, counts.Total + 1));
                Count(push.At + outcome.InfluencedAfter, (_, counts) => counts.Total++);
                if (Find(push.At) is { } first) first.Recipients.Add(message.User);

                void Count(DateTimeOffset? at, Action<Day, Counts> add)
                {
                    if (Find(at) is not { } day) return;
                    if (message.Platforms.HasFlag(Platforms.Ios)) add(day, day.Ios);
                    if (message.Platforms.HasFlag(Platforms.Android)) add(day, day.Android);
                }
            }
        return [.. days.Select(d => Row(campaign, d.Key, d.Value))];

        Day? Find(DateTimeOffset? at) => at is { } moment && moment + Lag <= now ? days.GetValueOrDefault(DateOnly.FromDateTime(moment.UtcDateTime)) : null;
    }

    private static object Row(AppboyCampaign campaign, DateOnly date, Day day) => new
    {
        time = date.ToString("yyyy-MM-dd", null),
        messages = CampaignRoutes.Channels(campaign).ToDictionary(channel => channel, channel => new[] { Json(channel == "ios_push" ? day.Ios : channel == "android_push" ? day.Android : new Counts()) }),
        conversions = 0,
        revenue = 0.0,
        unique_recipients = day.Recipients.Count,
    };

    private static object Json(Counts counts) => new
    {
        variation_name = "Variant 1", sent = counts.Sent, direct_opens = counts.Direct, total_opens = counts.Total, bounces = counts.Bounces, body_clicks = counts.Direct,
    };

    private sealed class Day
    {
        public Counts Ios { get; } = new();
        public Counts Android { get; } = new();
        public HashSet<string> Recipients { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Counts
    {
        public int Sent { get; set; }
        public int Direct { get; set; }
        public int Total { get; set; }
        public int Bounces { get; set; }
    }
}
