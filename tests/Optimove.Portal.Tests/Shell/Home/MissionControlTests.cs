using Bunit;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Shell.Home;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Ui;

namespace Optimove.Portal.Tests.Shell.Home;

public sealed class MissionControlTests : UiContext
{
    private static readonly TenantScope Shop = new(1, "shop", "Shop", "Europe/Paris", "EUR");

    private static TodayLine Line(string name, OccurrenceState state, string sendUtc, Action<Occurrence>? arrange = null, int? size = null)
    {
        var at = DateTimeOffset.Parse($"2026-06-17 {sendUtc}Z", System.Globalization.CultureInfo.InvariantCulture);
        var o = new Occurrence
        {
            Campaign = new() { Id = 4, Name = name, CreatedBy = "Ana" }, CampaignId = 4, Date = new(2026, 6, 17), SendAt = at, LocksAt = at.AddHours(-2), Zone = "Europe/Paris",
            DispatchId = "d", State = state, MeasurementDays = 30,
        };
        arrange?.Invoke(o);
        return new(o, "MailChimp", size);
    }

    private static void List(Occurrence o, int considered, int excluded, int control, int accepted, int rejected, int unknown = 0)
    {
        o.ListedAt = o.LocksAt;
        (o.Considered, o.Excluded, o.Control, o.Accepted, o.Rejected, o.Unknown) = (considered, excluded, control, accepted, rejected, unknown);
    }

    private IRenderedComponent<TodayCard> Today(params TodayLine[] lines) =>
        Render<TodayCard>(p => p.Add(t => t.Lines, lines).Add(t => t.Tenant, Shop).Add(t => t.Now, Clock.GetUtcNow()).Add(t => t.HasCampaigns, true));

    [Fact]
    public void Each_row_says_its_state_and_what_comes_next()
    {
        var card = Today(
            Line("Birthday", OccurrenceState.Missed, "04:00", o => List(o, 2452, 121, 233, 0, 0)),
            Line("Skin care", OccurrenceState.Measuring, "06:00", o => { List(o, 18440, 1212, 1723, 15498, 7); o.HandedOverAt = o.SendAt.AddHours(-4.5); }),
            Line("Cart", OccurrenceState.Incomplete, "07:00", o => List(o, 11420, 409, 1097, 9871, 0, 43)),
            Line("Teaser", OccurrenceState.Scheduled, "17:30", size: 96400));
        var rows = card.FindAll("tbody tr").Select(r => r.QuerySelectorAll("td").Select(d => d.TextContent.Trim()).ToArray()).ToArray();
        Assert.Equal(["06:00", "08:00", "09:00", "19:30"], rows.Select(r => r[0]));
        Assert.Equal("MissedIt did not start in time; nothing went out", rows[0][2].Replace("\n", "", StringComparison.Ordinal).Replace("  ", "", StringComparison.Ordinal));
        Assert.Contains("Went out 08:00; handed over by 03:30", rows[1][2]);
        Assert.Contains("43 without an answer", rows[2][2]);
        Assert.Contains("Editable until 17:30; then locked", rows[3][2]);
        Assert.Equal(["about 96,400", "·", "·", "·", "·", "·"], rows[3][3..]);
    }

    [Fact]
    public void The_foot_sums_the_lists_that_exist_and_leaves_nobody_unexplained()
    {
        var card = Today(
            Line("Skin care", OccurrenceState.Measuring, "06:00", o => List(o, 18440, 1212, 1723, 15498, 7)),
            Line("Cart", OccurrenceState.Incomplete, "07:00", o => List(o, 11420, 409, 1097, 9871, 0, 43)),
            Line("Teaser", OccurrenceState.Scheduled, "17:30", size: 96400));
        Assert.Equal(["", "The 2 lists that exist", "", "29,860", "1,621", "2,820", "25,369", "7", "43"], card.FindAll("tfoot td").Select(d => d.TextContent.Trim()));
        Assert.Contains("0 people unexplained", card.Find(".head").TextContent);
        Assert.Contains("which holds 43 without an answer", card.Find(".foot").TextContent);
    }

    [Fact]
    public void More_answers_than_people_are_shown_as_unexplained()
    {
        var sums = TodaySums.Of([Line("Twice", OccurrenceState.Pushing, "06:00", o => List(o, 100, 10, 10, 85, 0)).Occurrence]);
        Assert.Equal(5, sums.Unexplained);
    }

    [Fact]
    public void An_empty_day_says_what_would_stand_here() => Assert.Contains("Nothing goes out today", Today().Markup);

    [Fact]
    public void The_night_is_laid_out_from_the_file_to_the_push()
    {
        var start = new DateTimeOffset(2026, 6, 17, 0, 4, 0, TimeSpan.Zero);
        var night = new Night { Date = new(2026, 6, 17), State = NightState.Done, StartedAt = start, ImportedAt = start.AddMinutes(17), GroupsAt = start.AddMinutes(20), TemplatesAt = start.AddMinutes(21), GroupsCounted = 38 };
        var pushed = Line("Cart", OccurrenceState.Incomplete, "07:00", o =>
        {
            List(o, 11420, 409, 1097, 9871, 0, 43);
            (o.ListedAt, o.PushStartedAt) = (start.AddHours(1), start.AddHours(1).AddMinutes(1));
        });
        var bars = NightBars.Of(new(night, null, [pushed]), Clock.GetUtcNow());
        Assert.Equal(["Import", "Target groups", "Connections", "Lists", "Push: MailChimp"], bars.Select(b => b.Name));
        Assert.Equal("no new customer file, took 17\u00A0min", bars[0].Label);
        Assert.Equal("1 list, 11,420 considered, 0 unexplained", bars[3].Label);
        Assert.Equal((NightTone.NoAnswer, "9,871 accepted, 0 rejected, 43 without an answer"), (bars[4].Tone, bars[4].Label));
        var scale = new NightScale(bars, Clock.GetUtcNow());
        Assert.True(scale.HasNow);
        Assert.All(bars, b => Assert.InRange(scale.At(b.From), 0, scale.At(b.To)));
        Assert.InRange(scale.Marks.Count(), 2, 10);
    }

    [Fact]
    public void Nothing_is_shown_of_results_while_there_are_none() =>
        Assert.Equal("", Render<ClosedResults>(p => p.Add(r => r.Results, []).Add(r => r.Tenant, Shop)).Markup.Trim());
}
