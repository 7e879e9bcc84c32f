using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E.Onboarding;

/// <summary>A client that staff make in the browser, and its first person, who comes in by the invitation.</summary>
internal static class NewClient
{
    /// <returns>The tab of the client's first person, signed in.</returns>
    public static async Task<Tab> CreateAsync(Browser browser, PortalProcess portal, IPage staff, string name)
    {
        var person = $"{name.ToLowerInvariant().Replace(' ', '.')}@books.example";
        await staff.OpenAsync("/staff/clients/new");
        await staff.Locator("#name").FillAsync(name);
        await staff.GetByLabel("Time zone").SelectOptionAsync("Europe/Paris");
        await staff.Locator("#first-name").FillAsync("Astrid Holm");
        await staff.Locator("#first-email").FillAsync(person);
        await staff.Button("Create the client").ClickAsync();
        await Expect(staff.Heading(name)).ToBeVisibleAsync();

        var tab = await browser.OpenAsync(portal);
        await tab.Page.GotoAsync("/demo-mail");
        await tab.Page.Locator("article").Filter(new() { HasText = $"To {person}" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await tab.Page.GetByLabel("New password").FillAsync("books for the long winter");
        await tab.Page.GetByLabel("The same again").FillAsync("books for the long winter");
        await tab.Page.Button("Save and sign in").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        await tab.Page.SettleAsync();
        return tab;
    }
}
