namespace Optimove.Portal.E2E.Testing;

/// <summary>What a member of staff does for a client.</summary>
public static class Staff
{
    /// <summary>Visits the client with the right to change things.</summary>
    public static async Task EnterClientAsync(this IPage page, string client = "Aurelia Stores")
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Enter {client}" }).ClickAsync();
        await page.Button("Take edit rights for 2 hours").ClickAsync();
        await Expect(page.Button("Give back edit rights")).ToBeVisibleAsync();
    }

    /// <summary>Lets the coming night happen now.</summary>
    public static async Task RunNightAsync(this IPage page)
    {
        await page.Button("Run tonight now").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Run tonight now" }).ClickAsync();
        await Expect(page.GetByText("The night begins")).ToBeVisibleAsync();
    }

    /// <param name="by">"an hour" or "a day".</param>
    public static async Task MoveClockAsync(this IPage page, string by)
    {
        await page.Button($"Move the clock forward {by}").ClickAsync();
        await page.Button($"Move it {by}").ClickAsync();
        await Expect(page.Button($"Move it {by}")).ToHaveCountAsync(0);
    }
}
