using Bunit;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Charts;
using Optimove.Portal.Ui.Charts.Bars;

namespace Optimove.Portal.Tests.Ui.Charts;

public sealed class BarTests : BunitContext
{
    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u2212', '-');

    private IRenderedComponent<IntervalBar> Interval(double value, double lower, double upper, bool compact = false) => Render<IntervalBar>(p => p
        .Add(c => c.Name, "Increase in value")
        .Add(c => c.Value, value).Add(c => c.Lower, lower).Add(c => c.Upper, upper)
        .Add(c => c.Scale, new Axis([-10_000, 0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]))
        .Add(c => c.Show, v => Format.Money(v, "EUR"))
        .Add(c => c.Compact, compact));

    [Fact]
    public void An_interval_is_named_in_one_sentence_and_always_shows_0()
    {
        var bar = Interval(32_012, 11_581, 52_443);
        Assert.Equal("Increase in value: €32,012, with 95 % certainty between €11,581 and €52,443.",
            Plain(Assert.Single(bar.FindAll("[role=img]")).GetAttribute("aria-label")!));
        Assert.Equal("142.9", bar.Find(".zero").GetAttribute("x1"));
        Assert.Equal("left:30.83%;width:58.37%", bar.Find(".range").GetAttribute("style"));
    }

    [Theory]
    [InlineData(32_012, 11_581, 52_443, "good")]
    [InlineData(5_358, -7_629, 18_346, "idle")]
    [InlineData(-5_000, -9_000, -1_000, "bad")]
    public void The_colour_says_on_which_side_of_0_the_interval_lies(double value, double lower, double upper, string tone)
    {
        Assert.Contains(tone, Interval(value, lower, upper).Find(".o-interval").ClassList);
        Assert.Contains(tone, Interval(value, lower, upper, compact: true).Find(".o-interval").ClassList);
    }

    [Fact]
    public void A_bar_in_a_table_row_has_no_text_of_its_own() => Assert.Equal("", Interval(5, 1, 9, compact: true).Find(".o-interval").TextContent.Trim());

    [Fact]
    public void Figures_of_a_narrow_interval_stand_in_two_lines() =>
        Assert.Contains("tight", Interval(20_000, 19_000, 21_000).Find(".o-interval").ClassList);

    private IRenderedComponent<FunnelBars> Funnel(params FunnelRow[] rows) =>
        Render<FunnelBars>(p => p.Add(c => c.Name, "Delivery").Add(c => c.Rows, rows));

    [Fact]
    public void A_funnel_row_has_its_figure_its_rate_and_its_denominator()
    {
        var funnel = Funnel(new("Test customers", 36_512, null, "assigned"), new("Unique opens", 12_043, 35_961, "of 35,961 delivered"), new("Unsubscribed", 97, 35_961, "of 35,961 delivered"));
        var rows = funnel.FindAll("li");
        Assert.Equal(["", "33.5 %", "0.27 %"], rows.Select(r => Plain(r.QuerySelector(".rate")!.TextContent)));
        Assert.Equal("12,043", rows[1].QuerySelector(".figure")!.TextContent);
        Assert.Equal("width:32.98%", rows[1].QuerySelector("i")!.GetAttribute("style"));
        Assert.Equal("of 35,961 delivered", rows[1].QuerySelector(".note")!.TextContent);
    }

    [Fact]
    public void What_a_provider_does_not_offer_is_words_and_never_0()
    {
        var row = Funnel(new("Sent", 10, null, "sent"), new("Opens", null, 10, "not offered by MobilePush")).FindAll("li")[1];
        Assert.Equal("not offered by MobilePush", row.QuerySelector(".absent")!.TextContent);
        Assert.DoesNotContain("0", row.TextContent);
        Assert.Null(row.QuerySelector(".track"));
    }

    [Fact]
    public void A_funnel_of_nothing_divides_by_nothing() =>
        Assert.Equal("", Funnel(new FunnelRow("Sent", 0, 0, "of 0")).Find(".rate").TextContent);

    private IRenderedComponent<Waterfall> Fall(long whole, params WaterfallPart[] parts) =>
        Render<Waterfall>(p => p.Add(c => c.Label, "Target group").Add(c => c.Whole, whole).Add(c => c.Address, "all").Add(c => c.Parts, parts));

    [Fact]
    public void Each_bar_of_a_waterfall_begins_where_the_last_ended_and_leads_to_its_people()
    {
        var fall = Fall(1000, new("No e-mail", 200, WaterfallFate.Excluded, "?open=none", true), new("Control", 80, WaterfallFate.Control, "?open=control"), new("Template", 720, WaterfallFate.Reached, "?open=t"));
        Assert.Equal(["all", "?open=none", "?open=control", "?open=t"], fall.FindAll("a").Select(a => a.GetAttribute("href")));
        Assert.Equal(["left:0%;width:100%", "left:80%;width:20%", "left:72%;width:8%", "left:0%;width:72%"], fall.FindAll(".track i").Select(i => i.GetAttribute("style")));
        Assert.Equal(["1,000", "-200", "80", "720", "0"], fall.FindAll(".figure").Select(f => Plain(f.TextContent)));
        Assert.Equal("true", fall.FindAll("a")[1].GetAttribute("aria-current"));
        Assert.Equal("Unexplained", fall.Find(".rest .label").TextContent);
        Assert.Contains("good", fall.Find(".rest .figure").ClassList);
    }

    [Fact]
    public void People_that_no_bar_explains_are_red_and_counted()
    {
        var fall = Fall(1000, new WaterfallPart("Template", 990, WaterfallFate.Reached));
        Assert.Equal("10", fall.Find(".rest .figure").TextContent);
        Assert.Contains("bad", fall.Find(".rest .figure").ClassList);
        Assert.Contains("10 are unexplained", fall.Find(".o-waterfall").GetAttribute("aria-label"));
        Assert.Single(fall.FindAll("a"));
    }

    [Fact]
    public void An_empty_whole_is_drawn_without_rates() =>
        Assert.All(Fall(0, new WaterfallPart("Control", 0, WaterfallFate.Control)).FindAll(".rate"), rate => Assert.Equal("", rate.TextContent));

    private static readonly Pull[] Pulls =
    [
        new(1, PullState.Complete, "Fri 15, 07:02", "7,214 opens", "1,655 clicks"),
        new(2, PullState.Gap, "Sat 16", "Gap: no answer", "3 tries"),
        .. Enumerable.Range(3, 5).Select(day => new Pull(day, PullState.Waiting, "later", "not yet")),
    ];

    [Fact]
    public void Seven_pulls_are_named_drawn_and_written()
    {
        var list = Render<PullDots>(p => p.Add(c => c.Pulls, Pulls));
        Assert.Equal("1 of 7 daily pulls are in; 1 day is a gap.", list.Find("ol").GetAttribute("aria-label"));
        Assert.Equal(["Complete", "Gap", "Waiting"], list.FindAll("svg").Select(s => s.GetAttribute("aria-label")).Distinct());
        Assert.Equal("7,214 opens", list.Find("li .first").TextContent);
        var dots = Render<PullDots>(p => p.Add(c => c.Pulls, Pulls).Add(c => c.Compact, true));
        Assert.Equal(7, dots.FindAll("i").Count);
        Assert.Equal("1 of 7 daily pulls are in; 1 day is a gap.", dots.Find("[role=img]").GetAttribute("aria-label"));
    }
}
