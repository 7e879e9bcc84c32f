namespace Optimove.Portal.E2E.Testing;

/// <summary>What a client's administrator does.</summary>
public static class Administrator
{
    /// <summary>Issues a client key for the programs of the demo's shop and notes what is shown once.</summary>
    public static async Task<string> IssueClientKeyAsync(this IPage page)
    {
        await page.OpenAsync("/aurelia/settings/api?open=new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("The shop");
        await page.GetByLabel("Kind").SelectOptionAsync(new SelectOptionValue { Label = "Client key" });
        await page.Button("Issue").ClickAsync();
        await Expect(page.GetByText("Secrets of The shop, shown this once")).ToBeVisibleAsync();
        return (await page.Locator("dt:text-is('API key') + dd .text").InnerTextAsync()).Trim();
    }
}
