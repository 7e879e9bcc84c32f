using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Analysis.Report;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Metrics;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Metrics;
using Optimove.Portal.Tests.Testing;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Tests.Analysis;

/// <summary>The cards of a result in their states.</summary>
public sealed class ReportCardTests : BunitContext
{
    public ReportCardTests()
    {
        var tenant = new TenantContext();
        tenant.Enter(MeasuringHouse.First);
        Services.AddUi().AddSingleton(tenant).AddSingleton<TimeProvider>(new ManualTimeProvider("2026-06-17 07:12"));
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void A_closed_result_opens_with_its_sentence_and_its_interval()
    {
        var card = Render<VerdictCard>(p => p.Add(c => c.Of, Results.Of()));
        Assert.StartsWith("This campaign earned €32,", card.Find(".verdict").TextContent);
        Assert.Equal("Proven", card.Find(".badge").TextContent.Trim());
        Assert.Contains("with 95\u00A0% certainty between", card.Find(".o-interval").GetAttribute("aria-label"));
    }

    [Fact]
    public void Before_the_close_every_claim_says_so_far()
    {
        var card = Render<VerdictCard>(p => p.Add(c => c.Of, Results.Of(OccurrenceState.Measuring, Results.SendAt.AddDays(3))));
        Assert.StartsWith("So far", card.Find(".verdict").TextContent);
        Assert.Equal("Not proven so far", card.Find(".badge").TextContent.Trim());
        Assert.DoesNotContain("p = ", card.Find(".foot").TextContent);
    }

    [Fact]
    public void A_broken_split_shows_no_interval()
    {
        var card = Render<VerdictCard>(p => p.Add(c => c.Of, Results.Of(measured: Results.Measured(new(700, 100, 900, 9_000), new(300, 30, 300, 3_000)))));
        Assert.Equal("No verdict", card.Find(".badge").TextContent.Trim());
        Assert.Empty(card.FindAll(".o-interval"));
        Assert.Contains("cannot be compared", card.Markup);
    }

    [Fact]
    public void The_heartbeat_names_the_day_the_gap_and_the_late_change()
    {
        Assert.Contains("Collecting, day 2 of 7", Beat(OccurrenceState.Measuring, 2, Results.Read(1, 10)));
        Assert.Contains("6 of 7", Beat(OccurrenceState.Closed, 31, [.. Enumerable.Range(1, 7).Select(d => d == 4 ? Results.Gap(4) : Results.Read(d, d * 10))]));
        Assert.Contains("Late change", Beat(OccurrenceState.Closed, 31, [.. Enumerable.Range(1, 7).Select(d => Results.Read(d, 100 - d))]));
        Assert.Contains("7 of 7", Beat(OccurrenceState.Closed, 31, [.. Enumerable.Range(1, 7).Select(d => Results.Read(d, d))]));
    }

    [Fact]
    public void What_to_know_before_trusting_the_figures_stands_below_them()
    {
        var pull = Results.Read(3, 30);
        pull.Sentence = "Another send is in these figures.";
        Assert.Contains("Another send is in these figures.", Render<DeliveryCard>(p => p.Add(c => c.Of, Results.Of(pulls: [pull]))).Markup);
        Assert.DoesNotContain("Before you trust", Render<DeliveryCard>(p => p.Add(c => c.Of, Results.Of(pulls: [Results.Read(3, 30)]))).Markup);
    }

    [Fact]
    public void The_people_add_up_to_everybody_considered()
    {
        var result = Results.Of();
        var view = new ResultView(result, [], new([new("opted out of e-mail", 67)], [new("not in the list", 14)], 0), Heartbeat.Of(result, MeasuringHouse.First, Results.SendAt.AddDays(31)));
        var tab = Render<PeopleTab>(p => p.Add(c => c.View, view).Add(c => c.Slug, "aurelia"));
        Assert.Equal("0", tab.Find(".o-fall.rest .figure").TextContent);
        Assert.Contains(tab.FindAll("a.o-fall"), a => a.GetAttribute("href") == "/aurelia/campaigns/42/2026-05-14?fate=rejected&reason=not%20in%20the%20list");
    }

    [Fact]
    public void The_raw_answer_is_shown_as_it_came_with_a_way_back()
    {
        var pull = Results.Read(3, 30);
        var drawer = Render<RawDrawer>(p => p.Add(c => c.Of, Results.Of(pulls: [pull])).Add(c => c.Pull, pull).Add(c => c.Slug, "aurelia").Add(c => c.Tab, "delivery"));
        Assert.Contains("\"opens\": 1", drawer.Find("pre").TextContent);
        Assert.Equal("/aurelia/analysis/42?occurrence=2026-05-14&tab=delivery", drawer.Find("a[aria-label=Close]").GetAttribute("href"));
    }

    private string Beat(OccurrenceState state, int days, params MetricPull[] pulls)
    {
        Result result = Results.Of(state, pulls: pulls);
        return Render<HeartbeatCard>(p => p.Add(c => c.Of, result).Add(c => c.Pulse, Heartbeat.Of(result, MeasuringHouse.First, Results.SendAt.AddDays(days))).Add(c => c.Slug, "aurelia")).Find(".head .badge").TextContent;
    }
}
