namespace Optimove.Portal.E2E.Testing;

/// <summary>What a person does on any page.</summary>
public static class Person
{
    /// <summary>How long a page may take on a loaded machine with two cores.</summary>
    public const float Patience = 60_000;

    /// <summary>How long the jobs may take to do what a page waits for.</summary>
    public const float JobPatience = 180_000;

    private const string Password = "try the demo";

    /// <summary>A tab in which a person of the demo is signed in, at the page where they begin.</summary>
    public static async Task<Tab> SignInAsync(this Browser browser, PortalProcess portal, string account)
    {
        var tab = await browser.OpenAsync(portal);
        await tab.Page.GotoAsync("/sign-in");
        await tab.Page.GetByLabel("E-mail").FillAsync(account + "@demo.example");
        await tab.Page.GetByLabel("Password").FillAsync(Password);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await tab.Page.SettleAsync();
        return tab;
    }

    /// <summary>Opens an address and waits for its content.</summary>
    public static async Task<IResponse?> OpenAsync(this IPage page, string address)
    {
        var response = await page.GotoAsync(address);
        await page.SettleAsync();
        return response;
    }

    /// <summary>Goes where the main navigation leads.</summary>
    public static async Task GoToAsync(this IPage page, string name)
    {
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await Expect(page.Heading(name)).ToBeVisibleAsync();
        await page.SettleAsync();
    }

    /// <summary>The page has its title, and no part of it is still being loaded.</summary>
    public static async Task SettleAsync(this IPage page)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToBeVisibleAsync();
        await Expect(page.Locator("[aria-busy=true]:visible")).ToHaveCountAsync(0);
    }

    public static ILocator Heading(this IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = name, Exact = true });

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A card by its title.</summary>
    public static ILocator Card(this IPage page, string title) => page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    /// <summary>The value beside a label in a row of figures.</summary>
    public static ILocator Figure(this IPage page, string label) =>
        page.Locator("dl > div", new() { Has = page.GetByRole(AriaRole.Term).GetByText(label, new() { Exact = true }) }).GetByRole(AriaRole.Definition).First;

    /// <summary>Clicks a download and reads what came as lines of text.</summary>
    public static async Task<string[]> DownloadAsync(this IPage page, ILocator link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        var path = await download.PathAsync();
        return (await File.ReadAllTextAsync(path)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
