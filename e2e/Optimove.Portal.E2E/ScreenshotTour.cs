using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E;

/// <summary>Not part of a test run: <c>./dev screenshots</c> runs it to photograph every page of the demo, then what a night makes of it.</summary>
[Trait("Category", "Screenshots")]
public sealed class ScreenshotTour(Browser browser) : IAsyncLifetime
{
    // The demo as ./dev run shows it.
    private readonly PortalProcess _portal = new(new() { ["Demo__Customers"] = "20000" });

    public async ValueTask InitializeAsync() => await _portal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact(Explicit = true)]
    public async Task Every_page()
    {
        await using var visitor = await browser.OpenAsync(_portal);
        await TakeAsync(visitor.Page, Pages.BeforeSignIn);
        await using var client = await browser.SignInAsync(_portal, "admin");
        await TakeAsync(client.Page, await Pages.OfClientAsync(client.Page));
        await using var staff = await browser.SignInAsync(_portal, "staff");
        await TakeAsync(staff.Page, Pages.OfStaff);
        await TakeAsync(client.Page, await NightAsync(client.Page, staff.Page));
        await TakeAsync(staff.Page, [("visit", "/aurelia")]);
    }

    /// <summary>Tonight's campaign on its way, and the morning after.</summary>
    private async Task<IReadOnlyList<(string Name, string Address)>> NightAsync(IPage client, IPage staff)
    {
        await staff.OpenAsync("/staff/clients");
        await staff.EnterClientAsync();
        await staff.RunNightAsync();

        await client.OpenAsync("/aurelia/campaigns/2");
        await client.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(client.GetByText("All handed over; goes out")).ToBeVisibleAsync(new() { Timeout = Person.JobPatience });
        await TakeAsync(client, [("occurrence-handed-over", client.Url)]);
        await staff.MoveClockByADayAsync(_portal.Twin);
        return [("mission-control-day-after", "/aurelia"), ("customer-history", "/aurelia/customers/C-100003")];
    }

    private static async Task TakeAsync(IPage page, IEnumerable<(string Name, string Address)> pages)
    {
        foreach (var (name, address) in pages)
        {
            await page.OpenAsync(address);
            await Screenshots.TakeAsync(page, name);
        }
    }
}
