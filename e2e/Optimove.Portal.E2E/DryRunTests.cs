using System.Globalization;
using System.Text.RegularExpressions;
using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E;

/// <summary>The demo's campaign is played against a twin of its own, in the browser, by somebody who may only look.</summary>
public sealed partial class DryRunTests(Browser browser, SharedPortal shared)
{
    [Fact]
    public async Task A_dry_run_of_the_demos_campaign_adds_up_and_reaches_no_provider()
    {
        var portal = await shared.GetAsync();
        await using var tab = await browser.SignInAsync(portal, "reader");
        var page = tab.Page;
        var before = await portal.Twin.TitlesAsync();
        await page.OpenAsync("/aurelia/campaigns/2/preflight");
        await page.Link("Run this against the twin").ClickAsync();
        await Expect(page.Card("Every request")).ToBeVisibleAsync(new() { Timeout = Person.JobPatience });
        await Expect(page).ToHaveURLAsync(new Regex("/dry-run$"));

        var sum = Sum().Match(await page.Card("What would become of everybody").InnerTextAsync());
        Assert.True(sum.Success);
        var parts = sum.Groups.Values.Skip(1).Select(g => Number(g.Value)).ToArray();
        Assert.Equal(parts[0], parts[1..].Sum());
        var accepted = parts[3];
        Assert.True(accepted > 0);
        Assert.Equal(accepted, await FigureAsync(page, "Accepted"));
        Assert.Equal(accepted, await FigureAsync(page, "Would arrive"));
        Assert.Equal(accepted, await FigureAsync(page, "To hand over"));
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"All {accepted.ToString("N0", CultureInfo.InvariantCulture)} people would be handed over");
        var calls = await FigureAsync(page, "Calls");
        await Expect(page.Card("Every request")).ToContainTextAsync($"{calls} requests");

        await page.Card("Every request").GetByText("POST /3.0/lists/a1b2c3d4e5/segments/").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "What was sent" })).ToContainTextAsync("members_to_add");
        await Expect(page.GetByRole(AriaRole.Complementary, new() { NameRegex = Request() })).ToContainTextAsync("Basic ••••••••");
        await tab.AssertAccessibleAsync();
        // The demo's own twin plays the real provider.
        Assert.Equal(before, await portal.Twin.TitlesAsync());
        tab.AssertNoErrors();
    }

    private static async Task<int> FigureAsync(IPage page, string label) => Number(await page.Figure(label).InnerTextAsync());

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"([\d,]+) considered = ([\d,]+) excluded \+ ([\d,]+) control \+ ([\d,]+) accepted \+ ([\d,]+) rejected \+ ([\d,]+) without an answer \+ ([\d,]+) not handed over")]
    private static partial Regex Sum();

    [GeneratedRegex("^Request [0-9]+$")]
    private static partial Regex Request();
}
