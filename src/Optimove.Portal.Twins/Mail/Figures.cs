namespace Optimove.Portal.Twins.Mail;

/// <summary>A campaign's counts so far: the sum of its recipients' outcomes up to a moment.</summary>
public sealed class Figures
{
    public int Sent { get; private set; }
    public int HardBounces { get; private set; }
    public int SoftBounces { get; private set; }
    public int SyntaxErrors { get; private set; }
    public int UniqueOpens { get; private set; }
    public int TotalOpens { get; private set; }
    /// <summary>Recipients who clicked, whatever they clicked.</summary>
    public int UniqueSubscriberClicks { get; private set; }
    /// <summary>Pairs of a recipient and a link.</summary>
    public int UniqueClicks { get; private set; }
    public int TotalClicks { get; private set; }
    public int Unsubscribed { get; private set; }
    public int AbuseReports { get; private set; }
    public TimeSpan? LastOpen { get; private set; }
    public TimeSpan? LastClick { get; private set; }
    /// <summary>First opens in each of the first 24 hours.</summary>
    public int[] OpensByHour { get; } = new int[24];
    public int[] ClickersByHour { get; } = new int[24];

    public int Delivered => Sent - HardBounces - SoftBounces - SyntaxErrors;

    /// <param name="since">Time passed since the campaign's send time.</param>
    public static Figures Of(string campaignId, IEnumerable<string> addresses, TimeSpan since)
    {
        var figures = new Figures();
        foreach (var address in addresses) figures.Add(Outcome.Of(campaignId, address), since);
        return figures;
    }

    internal void Add(in Outcome outcome, TimeSpan since)
    {
        Sent++;
        if (outcome.BouncedAfter <= since)
        {
            if (outcome.Bounce == Bounce.Hard) HardBounces++;
            else if (outcome.Bounce == Bounce.Soft) SoftBounces++;
            else SyntaxErrors++;
        }
        if (outcome.UnsubscribedAfter <= since) Unsubscribed++;
        if (outcome.ComplainedAfter <= since) AbuseReports++;
        if (outcome.OpenedAfter is { } opened && opened <= since) AddOpens(outcome, opened, since);
        if (outcome.ClickedAfter is { } clicked && clicked <= since) AddClicks(outcome, clicked, since);
    }

    private void AddOpens(in Outcome outcome, TimeSpan opened, TimeSpan since)
    {
        UniqueOpens++;
        if (opened.TotalHours < 24) OpensByHour[(int)opened.TotalHours]++;
        for (var again = 0; again <= outcome.Reopens; again++)
        {
            var at = opened + outcome.ReopenEvery * again;
            if (at > since) break;
            TotalOpens++;
            LastOpen = LastOpen is { } last && last > at ? last : at;
        }
    }

    private void AddClicks(in Outcome outcome, TimeSpan clicked, TimeSpan since)
    {
        UniqueSubscriberClicks++;
        if (clicked.TotalHours < 24) ClickersByHour[(int)clicked.TotalHours]++;
        var second = clicked + TimeSpan.FromMinutes(1);
        var clicks = outcome.ClicksSecondLink && second <= since ? 2 : 1;
        UniqueClicks += clicks;
        TotalClicks += clicks;
        var at = clicks == 2 ? second : clicked;
        LastClick = LastClick is { } last && last > at ? last : at;
    }
}
