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

    /// <summary>Moves the clock of the portal and its twins, and waits until it has moved.</summary>
    public static async Task MoveClockByADayAsync(this IPage page, Twin twin)
    {
        var before = await twin.NowAsync();
        // With the keyboard: cards above change their height while jobs run, and a button that moves between press and release gets no click.
        await page.Button("Move the clock forward a day").PressAsync("Enter");
        await page.Button("Move it a day").ClickAsync();
        await Eventually.TrueAsync(async () => await twin.NowAsync() >= before.AddDays(1), async () => $"a day after {before}; it is {await twin.NowAsync()}");
        await Expect(page.Button("Move it a day")).ToHaveCountAsync(0);
    }
}
