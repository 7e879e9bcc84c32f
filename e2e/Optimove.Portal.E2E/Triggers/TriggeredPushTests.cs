using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E.Triggers;

/// <summary>A triggered campaign straight through a provider, from the empty form to its pause: people work in the browser, the shop's program reports what customers do.</summary>
public sealed class TriggeredPushTests(Browser browser, PortalProcess portal) : IClassFixture<PortalProcess>
{
    private const string Home = "/aurelia", Name = "Welcome to the sale";

    [Fact]
    public async Task A_campaign_through_Appboy_is_made_in_the_browser_and_sends_what_customers_set_off_until_it_is_paused()
    {
        await using var admin = await browser.SignInAsync(portal, "admin");
        using var shop = new HttpClient { BaseAddress = new(portal.Url), DefaultRequestHeaders = { { "X-API-KEY", await admin.Page.IssueClientKeyAsync() } } };
        await using var marketer = await browser.SignInAsync(portal, "marketer");
        var page = marketer.Page;
        await MakeAsync(page);

        await ReportAsync(shop, from: 100_001, customers: 40);
        await HasBecomeOfAllAsync(page, 40);
        var (accepted, sent) = (await AcceptedAsync(page), await SentAsync(page));
        Assert.InRange(accepted, 1, 40);
        Assert.Equal(sent, accepted);

        await page.Button("Pause").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Pause it" }).ClickAsync();
        await Expect(page.GetByText($"{Name} is paused.")).ToBeVisibleAsync();
        await ReportAsync(shop, from: 100_101, customers: 40);
        await page.OpenAsync(page.Url);
        await HasBecomeOfAllAsync(page, 40);
        Assert.Equal(accepted, await AcceptedAsync(page));
        admin.AssertNoErrors();
        marketer.AssertNoErrors();
    }

    private static async Task MakeAsync(IPage page)
    {
        await page.OpenAsync(Home + "/campaigns/triggered");
        await page.Link("Make a triggered campaign").ClickAsync();
        await page.GetByLabel("Campaign name").FillAsync(Name);
        await page.Button("Event").ClickAsync();
        await page.GetByLabel("Event", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "page_visit" });
        await page.GetByLabel("Target group").SelectOptionAsync(new SelectOptionValue { Label = "Everybody but staff" });
        await page.GetByLabel("Channel", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Appboy Push" });
        var template = await page.GetByLabel("Template", new() { Exact = true }).GetByRole(AriaRole.Option, new() { NameString = "Optimove_SummerSale iOS" }).GetAttributeAsync("value");
        await page.GetByLabel("Template", new() { Exact = true }).SelectOptionAsync(template!);
        await page.GetByLabel("Control").FillAsync("0");
        await page.Button("Save").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/campaigns/triggered/[0-9]+$"));
        await page.Button("Start").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Start it" }).ClickAsync();
        await Expect(page.GetByText("This campaign is live.")).ToBeVisibleAsync();
    }

    /// <summary>Each customer opens a page once.</summary>
    private async Task ReportAsync(HttpClient shop, int from, int customers)
    {
        var now = (await portal.Twin.NowAsync()).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        using var answer = await shop.PostAsJsonAsync("/current/events/ReportEvents",
            Enumerable.Range(from, customers).Select(n => new { EventID = $"{Guid.NewGuid():N}", EventType = "page_visit", CustomerID = $"C-{n}", TimeStamp = now, Parameters = new { page = "/sale" } }));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>So often was it met, and nothing of it waits.</summary>
    private static Task HasBecomeOfAllAsync(IPage page, int times) => Eventually.TrueAsync(async () =>
    {
        await page.OpenAsync(page.Url);
        return (await page.Card("Decisions").InnerTextAsync()).Contains($"of {times} times", StringComparison.Ordinal) && (await page.Figure("Waiting").InnerTextAsync()).Trim() == "0";
    }, () => page.GetByRole(AriaRole.Main).InnerTextAsync());

    private static async Task<int> AcceptedAsync(IPage page) => Number(await page.Figure("Accepted").InnerTextAsync());

    private static async Task<int> SentAsync(IPage page) => Number(await page.Card("Decisions").Locator("dt:text-is('Sent') + dd").InnerTextAsync());

    private static int Number(string text) => int.Parse(text.Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
