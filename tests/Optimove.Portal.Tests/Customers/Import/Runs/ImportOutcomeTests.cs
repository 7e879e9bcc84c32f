using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import.Runs;
using Optimove.Portal.Customers.Import.Upload;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Ui;

namespace Optimove.Portal.Tests.Customers.Import.Runs;

public sealed class ImportOutcomeTests : UiContext
{
    public ImportOutcomeTests() : base(services => services.AddSingleton(Acme())) { }

    private static TenantContext Acme()
    {
        var tenant = new TenantContext();
        tenant.Enter(new(1, "acme", "Acme", "Europe/Paris", "EUR"));
        return tenant;
    }

    [Fact]
    public void A_held_file_offers_the_three_ways_and_tells_which_was_taken()
    {
        var decisions = new List<ImportDecision>();
        var outcome = Draw(Run(ImportState.Held, "Files usually have 100 customers; this one has 40."), p => p.Add(o => o.MayDecide, true).Add(o => o.OnDecide, decisions.Add));
        Assert.Contains("this one has 40", outcome.Markup, StringComparison.Ordinal);
        foreach (var button in outcome.FindAll("button").Count is var count ? Enumerable.Range(0, count) : []) outcome.FindAll("button")[button].Click();
        Assert.Equal([ImportDecision.Wait, ImportDecision.UsePrevious, ImportDecision.RunAnyway], decisions);
    }

    [Fact]
    public void Without_an_earlier_version_there_is_no_way_back() =>
        Assert.DoesNotContain("Use the file before", Draw(Run(ImportState.Held), p => p.Add(o => o.MayDecide, true), restore: false).Markup, StringComparison.Ordinal);

    [Fact]
    public void Who_may_not_decide_is_told_so() => Assert.Empty(Draw(Run(ImportState.Held)).FindAll("button"));

    [Fact]
    public void An_older_held_file_has_nothing_to_decide() =>
        Assert.Contains("A newer file has come", Draw(Run(ImportState.Held), p => p.Add(o => o.MayDecide, true), newest: false).Markup, StringComparison.Ordinal);

    [Theory]
    [InlineData(ImportState.Refused, ImportDecision.None, "The file was refused.", "campaigns go on with it")]
    [InlineData(ImportState.Failed, ImportDecision.None, "The import broke off.", "Import another file")]
    [InlineData(ImportState.Refused, ImportDecision.UsePrevious, "This file was set aside.", "Marc decided on 17 June, 09:12: use the file before. “cut off”")]
    [InlineData(ImportState.Done, ImportDecision.RunAnyway, "12 rows of customers.csv are in use.", "Marc decided on 17 June, 09:12: use it as it is. “cut off”")]
    public void Each_end_says_what_stands_and_who_decided(ImportState state, ImportDecision decision, string title, string detail)
    {
        var run = Run(state);
        if (decision != ImportDecision.None) (run.Decision, run.DecidedBy, run.DecidedAt, run.DecisionNote) = (decision, "Marc", Clock.GetUtcNow(), "cut off");
        var text = Draw(run).Markup;
        Assert.Contains(title, text, StringComparison.Ordinal);
        Assert.Contains(detail, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_import_shows_bytes_rows_and_the_time_left()
    {
        var line = new ImportLine(1, ImportKind.Customers, ImportSource.Upload, "customers.csv", "Ana", Clock.GetUtcNow().AddSeconds(-30), null, default, ImportState.Running, null, 400_000_000, 100_000_000, 1_000_000, 0, 0, 12, ImportDecision.None);
        var text = Render<RunProgressLine>(p => p.Add(l => l.Run, line).Add(l => l.Now, Clock.GetUtcNow()).Add(l => l.Zone, TimeZoneInfo.Utc)).Find(".progress").TextContent;
        Assert.Contains("100.0\u00A0MB of 400.0\u00A0MB", text, StringComparison.Ordinal);
        Assert.Contains("1,000,000 rows read, 12 rejected so far", text, StringComparison.Ordinal);
        Assert.Contains("about 1\u00A0min 30\u00A0s left", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waiting_import_has_a_bar_without_an_end()
    {
        var line = new ImportLine(1, ImportKind.Customers, ImportSource.Upload, "customers.csv", "Ana", Clock.GetUtcNow(), null, default, ImportState.Running, null, 400, 0, 0, 0, 0, 0, ImportDecision.None);
        var progress = Render<RunProgressLine>(p => p.Add(l => l.Run, line).Add(l => l.Now, Clock.GetUtcNow()).Add(l => l.Zone, TimeZoneInfo.Utc));
        Assert.NotNull(progress.Find(".bar.indet"));
        Assert.Contains("waiting for its turn", progress.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_held_against_the_attributes_before_it_is_sent()
    {
        var known = new CustomerAttribute { Field = "country", Name = "Country" };
        string Match(params CustomerAttribute[] attributes) => Render<HeaderMatch>(p => p.Add(m => m.Headers, ["customer_id", "loyalty"]).Add(m => m.Attributes, attributes).Add(m => m.ProposeAddress, "/x")).Markup;
        Assert.Contains("only the ids would be loaded", Match(), StringComparison.Ordinal);
        Assert.Contains("it is no attribute: loyalty", Match(known), StringComparison.Ordinal);
        Assert.Contains("no column for it: country", Match(known), StringComparison.Ordinal);
    }

    private IRenderedComponent<ImportOutcome> Draw(ImportRun run, Action<ComponentParameterCollectionBuilder<ImportOutcome>>? more = null, bool newest = true, bool restore = true) =>
        Render<ImportOutcome>(p =>
        {
            p.Add(o => o.Details, new ImportDetails(run, null, new Dictionary<string, double>(), [], 0, newest, restore));
            more?.Invoke(p);
        });

    private static ImportRun Run(ImportState state, string? sentence = null) => new() { FileName = "customers.csv", StartedBy = "Ana", State = state, Sentence = sentence, RowsLoaded = 12, RowsRead = 12 };
}
