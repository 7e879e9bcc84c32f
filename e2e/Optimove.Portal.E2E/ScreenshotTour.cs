using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E;

/// <summary>Not part of a test run: <c>./dev screenshots</c> runs it to photograph every page.</summary>
[Trait("Category", "Screenshots")]
public sealed class ScreenshotTour(Browser browser, PortalProcess portal) : IClassFixture<PortalProcess>
{
    [Theory(Explicit = true)]
    [InlineData("sign-in", "/sign-in")]
    public async Task Pages_before_sign_in(string name, string path)
    {
        await using var tab = await browser.OpenAsync(portal);
        await tab.Page.GotoAsync(path);
        await Screenshots.TakeAsync(tab.Page, name);
    }
}
