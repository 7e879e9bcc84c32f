using Bunit;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Charts;

namespace Optimove.Portal.Tests.Ui.Charts;

public sealed class LineTests : BunitContext
{
    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u2212', '-');

    private IRenderedComponent<LineChart> Draw(bool fromZero, params ChartSeries[] series) => Render<LineChart>(p => p
        .Add(c => c.Name, "Value per 1,000 customers")
        .Add(c => c.Series, series)
        .Add(c => c.Label, i => $"day {i}")
        .Add(c => c.Value, v => Format.Money(v, "EUR"))
        .Add(c => c.FromZero, fromZero));

    [Fact]
    public void A_chart_has_one_accessible_name_and_its_lines_are_named_at_their_ends()
    {
        var chart = Draw(true, new("Test", [0, 2000, 4431]), new("Control", [0, 1500, 3554], SeriesTone.Control));
        Assert.Equal("Value per 1,000 customers", Assert.Single(chart.FindAll("[role=img]")).GetAttribute("aria-label"));
        Assert.Equal(["Test €4,431", "Control €3,554"], chart.FindAll(".end").Select(e => e.TextContent));
        Assert.Equal("M0,1000 L500,600 L1000,113.8", chart.Find("path.test").GetAttribute("d"));
        Assert.NotNull(chart.Find("path.control"));
        Assert.Empty(chart.FindAll(".o-chart-note"));
    }

    [Fact]
    public void A_missing_value_is_a_gap_in_the_line() =>
        Assert.Equal("M0,1000 M1000,0", Draw(true, new ChartSeries("Test", [0, null, 5])).Find("path").GetAttribute("d"));

    [Fact]
    public void A_band_runs_along_its_upper_edge_and_back_along_its_lower_one() => Assert.Equal(
        "0,1000 1000,0 1000,400 0,1000",
        Draw(true, new ChartSeries("Test", [0, 4], Band: [(0, 0), (3, 5)])).Find("polygon").GetAttribute("points"));

    [Fact]
    public void An_axis_that_does_not_begin_at_0_says_so()
    {
        Assert.Contains("The axis begins at €46,000.", Draw(false, new ChartSeries("Size", [47_183, 52_310])).Markup);
        Assert.DoesNotContain("axis begins", Draw(true, new ChartSeries("Size", [47_183, 52_310])).Markup);
    }

    [Fact]
    public void Labels_of_lines_that_end_together_do_not_cover_each_other()
    {
        var chart = Draw(true, new("A", [0, 100]), new("B", [0, 100], SeriesTone.Second), new("C", [0, 0], SeriesTone.Third), new("D", [0, 0], SeriesTone.Control));
        var tops = chart.FindAll(".end").Select(e => double.Parse(e.GetAttribute("style")!.Split(':', ';')[1][..^2], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.All(tops.Zip(tops.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 16.9));
        Assert.All(tops, top => Assert.InRange(top, 0, 202));
    }

    [Fact]
    public void On_a_phone_a_label_stands_clear_of_its_own_line()
    {
        var ends = Draw(true, new("Test", [0, 30, 60, 100, 90, 100]), new("Control", [0, 10, 20, 30, 40, 50], SeriesTone.Control)).FindAll(".end");
        Assert.EndsWith("--o-clear-y:22px", ends[0].GetAttribute("style"));
        Assert.EndsWith("--o-clear-y:121.2px", ends[1].GetAttribute("style"));
    }

    [Fact]
    public void A_chart_without_points_still_draws_its_frame() => Assert.NotEmpty(Draw(true).FindAll(".grid"));

    [Fact]
    public void The_size_of_a_group_is_drawn_night_by_night_with_its_change_in_words()
    {
        var first = new DateOnly(2026, 5, 19);
        var line = Render<SizeLine>(p => p.Add(c => c.Sizes, [(first, 47_183L), (first.AddDays(1), 47_500L), (first.AddDays(3), 52_310L)]));
        Assert.Equal("Size from 19 May to 22 May: 47,183 at first, 52,310 at last.", line.Find("[role=img]").GetAttribute("aria-label"));
        Assert.Contains("5,127 more than on 19 May. The axis begins at 46,000.", line.Markup);
        Assert.Equal(2, line.Find("path").GetAttribute("d")!.Count(c => c == 'M'));
    }

    [Fact]
    public void A_group_with_no_or_one_recorded_size_gets_a_sentence()
    {
        Assert.Contains("No size is recorded yet.", Render<SizeLine>(p => p.Add(c => c.Sizes, [])).Markup);
        Assert.Contains("1 customer on 19 May", Render<SizeLine>(p => p.Add(c => c.Sizes, [(new DateOnly(2026, 5, 19), 1L)])).Markup);
    }

    [Fact]
    public void The_power_curve_marks_the_chosen_share_and_the_usual_aim()
    {
        var curve = Render<PowerCurve>(p => p.Add(c => c.Chance, s => s * 8.2).Add(c => c.Share, 0.1).Add(c => c.Lift, 0.19));
        Assert.Equal("Chance to prove a lift of 19 % by control share: 82 % at a share of 10 %.", Plain(curve.Find("[role=img]").GetAttribute("aria-label")!));
        Assert.Equal("10 %: 82 %", Plain(curve.Find(".mark").TextContent));
        Assert.Equal("80 %: the usual aim", Plain(curve.Find(".aim-text").TextContent));
        Assert.StartsWith("left:40%;top:18%", curve.Find("i.o-dot").GetAttribute("style"));
    }

    [Fact]
    public void A_share_beyond_the_usual_scale_widens_it() => Assert.Contains("40 %",
        Plain(Render<PowerCurve>(p => p.Add(c => c.Chance, _ => 1).Add(c => c.Share, 0.37).Add(c => c.Lift, 0.1)).Find(".o-plot-x").TextContent));
}
