using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E;

/// <summary>axe and the browser's console on every page; all findings of a kind of page are reported together.</summary>
public sealed class AccessibilityTests(Browser browser, SharedPortal shared, ITestOutputHelper output)
{
    [Fact]
    public async Task Pages_before_sign_in_have_no_finding()
    {
        await using var tab = await browser.OpenAsync(await shared.GetAsync());
        await CheckAsync(tab, Pages.BeforeSignIn);
    }

    [Fact]
    public async Task Pages_of_a_client_have_no_finding()
    {
        await using var tab = await browser.SignInAsync(await shared.GetAsync(), "admin");
        await CheckAsync(tab, await Pages.OfClientAsync(tab.Page));
    }

    [Fact]
    public async Task Pages_of_staff_have_no_finding()
    {
        await using var tab = await browser.SignInAsync(await shared.GetAsync(), "staff");
        await CheckAsync(tab, Pages.OfStaff);
    }

    [Fact]
    public async Task A_visit_with_its_band_and_a_dialog_has_no_finding()
    {
        await using var tab = await browser.SignInAsync(await shared.GetAsync(), "staff");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Enter Aurelia Stores" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Note, new() { Name = "Staff visit" })).ToBeVisibleAsync();
        await tab.Page.Button("Move the clock forward a day").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.Button("Leave it").ClickAsync();
        tab.AssertNoErrors();
    }

    private async Task CheckAsync(Tab tab, IEnumerable<(string Name, string Address)> pages)
    {
        var findings = new List<string>();
        foreach (var (_, address) in pages)
        {
            output.WriteLine(address);
            await tab.Page.OpenAsync(address);
            findings.AddRange(await tab.AccessibilityFindingsAsync());
        }
        findings.AddRange(tab.Errors);
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }
}
