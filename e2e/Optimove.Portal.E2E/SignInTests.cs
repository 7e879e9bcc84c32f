using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E;

public sealed class SignInTests(Browser browser, SharedPortal shared)
{
    [Fact]
    public async Task The_sign_in_page_opens_without_an_error()
    {
        await using var tab = await browser.OpenAsync(await shared.GetAsync());
        await tab.Page.GotoAsync("/sign-in");
        await Expect(tab.Page.Locator("input[type=password]")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        tab.AssertNoErrors();
    }
}
