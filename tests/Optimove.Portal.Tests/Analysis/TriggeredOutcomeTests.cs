using Optimove.Portal.Analysis.Triggered;
using Optimove.Portal.Metrics.Posts;
using Optimove.Portal.Metrics.Triggered;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Editing;

namespace Optimove.Portal.Tests.Analysis;

/// <summary>How what became of a triggered campaign's messages is said: nobody disappears, and customers are no share of messages.</summary>
public sealed class TriggeredOutcomeTests
{
    private static TriggeredOutcome Of(long sent, TriggeredFigures? figures = null) =>
        new(new(new() { Name = "At once", TriggerName = "", Rule = "", CreatedBy = "", SavedBy = "" }, null, [new("sent", "", sent)]), "Appboy", figures ?? TriggeredFigures.None);

    [Fact]
    public void Messages_that_wait_or_have_no_answer_are_told_beside_those_that_are_over()
    {
        Assert.Equal("of 100; Appboy refused 3, 2 given up, 5 waiting or without an answer", (Of(100) with { HandedOver = new(90, 3, 2) }).Rows()[1].Note);
        Assert.Equal("of 90; Appboy refused none, 0 given up", (Of(90) with { HandedOver = new(90, 0, 0) }).Rows()[1].Note);
    }

    [Fact]
    public void Figures_that_were_counted_from_customers_have_no_share_and_are_no_whole()
    {
        var outcome = Of(1000, new(new Dictionary<int, TriggeredFigure> { [PartnerMetric.Delivered] = new(100, true), [PartnerMetric.Opened] = new(250, false) }, DateTimeOffset.UnixEpoch));
        var (delivered, opens) = (outcome.Rows()[2], outcome.Rows()[3]);
        Assert.Equal((100, null, "customers, counted from what was told of each"), (delivered.Value, delivered.Share, delivered.Note));
        Assert.Equal((250, 0.25, "of 1,000 that the partner was told of"), (opens.Value, opens.Share, opens.Note));
        Assert.Equal(("100 customers", "25.0 % opened"), (outcome.Delivered, outcome.Opened.Replace('\u00A0', ' ')));
    }
}
