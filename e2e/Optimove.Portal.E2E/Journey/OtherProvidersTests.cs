using System.Text.RegularExpressions;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E.Journey;

/// <summary>A campaign through each provider beside MailChimp: scheduled in the browser, handed over once to each person, its figures shown.</summary>
public sealed class OtherProvidersTests(Browser browser)
{
    private static readonly (string Connection, string Label, string Template, string Twin)[] Providers =
    [
        ("Cheetah Messaging", "Cheetah Messaging (Cheetah Messaging)", "Spring letter", "cheetah"),
        ("MobilePush", "MobilePush (Salesforce MobilePush)", "FR_Summer sale", "mobilepush"),
        ("Appboy Push", "Appboy Push (Appboy)", "Optimove_SummerSale iOS", "appboy"),
    ];

    [Fact]
    public async Task A_campaign_through_each_other_provider_reaches_its_people_once_and_its_figures_are_shown()
    {
        await using var portal = new PortalProcess();
        await portal.StartAsync();
        await using var marketer = await browser.SignInAsync(portal, "marketer");
        await using var staff = await browser.SignInAsync(portal, "csm");
        var page = marketer.Page;
        // The clock moves by hours: the time to send is reached with 15 to 30 minutes to go, when MobilePush is given its list.
        var now = await portal.Twin.LocalTimeAsync();
        var landing = now.Date.AddDays(1).AddHours(10).AddMinutes(now.Minute);
        var sendAt = landing.AddMinutes(30 - landing.Minute % 15);
        var day = DateOnly.FromDateTime(sendAt);

        var campaigns = new List<string>();
        foreach (var provider in Providers) campaigns.Add(await ScheduleAsync(page, provider.Connection, provider.Label, provider.Template, sendAt));
        await staff.Page.EnterClientAsync();
        await staff.Page.RunNightAsync();
        while (await portal.Twin.LocalTimeAsync() < landing) await staff.Page.MoveClockAsync("an hour");

        var lists = new List<Occurrence>();
        foreach (var campaign in campaigns)
        {
            await page.OpenAsync($"/aurelia/campaigns/{campaign}/{day:yyyy-MM-dd}");
            await Expect(page.GetByText("All handed over")).ToBeVisibleAsync(new() { Timeout = Person.JobPatience });
            lists.Add(Occurrence.Read(await page.Card("What became of everybody").InnerTextAsync()));
        }
        for (var i = 0; i < Providers.Length; i++) await IsAtTwinAsync(portal, Providers[i].Twin, lists[i]);

        await staff.Page.MoveClockAsync("a day");
        foreach (var (campaign, list) in campaigns.Zip(lists)) await FiguresAreShownAsync(page, campaign, day, list);
        marketer.AssertNoErrors();
        staff.AssertNoErrors();
    }

    private static async Task<string> ScheduleAsync(IPage page, string connection, string label, string template, DateTime sendAt)
    {
        await page.OpenAsync("/aurelia/campaigns/new");
        await Expect(page).ToHaveURLAsync(new Regex("/edit/who$"));
        await page.GetByLabel("Campaign name").FillAsync($"Summer through {connection}");
        var group = page.GetByLabel("Who is this for?");
        await group.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(page.Figure("In the group")).ToBeVisibleAsync();
        await page.Link("Next: What counts").ClickAsync();
        await page.Link("Next: Message").ClickAsync();
        await page.GetByLabel("Connection", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = label });
        await page.GetByRole(AriaRole.Radio, new() { NameString = template }).CheckAsync();
        await page.Link("Next: When").ClickAsync();
        await page.GetByLabel("Send date").FillAsync(sendAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.GetByLabel("Send time").FillAsync(sendAt.ToString("HH:mm", CultureInfo.InvariantCulture));
        // In a hurry: nothing waits until the page says that it saved this.
        await page.Link("Next: Preflight").ClickAsync();
        await Expect(page.GetByText("Nothing stops the launch.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameString = "Schedule for" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/campaigns/[0-9]+$"));
        return page.Url.Split('/')[^1];
    }

    // Nobody twice; Appboy sends an iOS campaign to those of the handed over who have an iPhone.
    private static async Task IsAtTwinAsync(PortalProcess portal, string twin, Occurrence list)
    {
        using var http = new HttpClient();
        var got = await http.GetFromJsonAsync<JsonElement>(new Uri(portal.Twin.Origin, $"/{twin}/demo/twin/deliveries?scheduled=true"));
        var recipients = got.GetProperty("recipients").GetInt32();
        Assert.True(list.Accepted > 0);
        Assert.Equal(list.Considered, list.Excluded + list.Control + list.Accepted + list.Rejected);
        if (twin == "appboy") Assert.InRange(recipients, 1, list.Accepted);
        else Assert.Equal(list.Accepted, recipients);
        var people = got.EnumerateObject().Single(p => p.Name is "addresses" or "contacts" or "people").Value;
        Assert.All(people.EnumerateArray(), person => Assert.Equal(1, person.GetProperty("times").GetInt32()));
    }

    private static async Task FiguresAreShownAsync(IPage page, string campaign, DateOnly day, Occurrence list)
    {
        var rows = page.GetByRole(AriaRole.List, new() { Name = "What became of the messages" }).GetByRole(AriaRole.Listitem);
        var sent = rows.Filter(new() { Has = page.GetByText("Sent", new() { Exact = true }) });
        await Eventually.TrueAsync(async () =>
        {
            await page.OpenAsync($"/aurelia/analysis/{campaign}?occurrence={day:yyyy-MM-dd}&tab=delivery");
            return await sent.CountAsync() == 1 && (await sent.InnerTextAsync()).Contains($"of {(list.Accepted + list.Rejected).ToString("N0", CultureInfo.InvariantCulture)}", StringComparison.Ordinal);
        }, () => page.GetByRole(AriaRole.Main).InnerTextAsync());
    }
}
