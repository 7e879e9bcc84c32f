using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E;

/// <summary>Not part of a test run: <c>./dev screenshots</c> runs it to photograph every page.</summary>
[Trait("Category", "Screenshots")]
public sealed class ScreenshotTour(Browser browser, SharedPortal shared)
{
    [Fact(Explicit = true)]
    public async Task Pages_before_sign_in()
    {
        await using var tab = await browser.OpenAsync(await shared.GetAsync());
        await TakeAsync(tab, Pages.BeforeSignIn);
    }

    [Fact(Explicit = true)]
    public async Task Pages_of_a_client()
    {
        await using var tab = await browser.SignInAsync(await shared.GetAsync(), "admin");
        await TakeAsync(tab, await Pages.OfClientAsync(tab.Page));
    }

    [Fact(Explicit = true)]
    public async Task Pages_of_staff()
    {
        await using var tab = await browser.SignInAsync(await shared.GetAsync(), "staff");
        await TakeAsync(tab, Pages.OfStaff);
    }

    private static async Task TakeAsync(Tab tab, IEnumerable<(string Name, string Address)> pages)
    {
        foreach (var (name, address) in pages)
        {
            await tab.Page.OpenAsync(address);
            await Screenshots.TakeAsync(tab.Page, name);
        }
    }
}
