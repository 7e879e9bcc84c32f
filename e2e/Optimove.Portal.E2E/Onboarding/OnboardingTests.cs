using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Optimove.Portal.E2E.Journey;
using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E.Onboarding;

/// <summary>
/// A new client, from staff's form to the figures of its first campaign, through each provider: its data comes in, the provider is connected,
/// every line of the checklist turns green by itself or by a person's word, and the twin says that everybody was reached once.
/// </summary>
public sealed class OnboardingTests(Browser browser, PortalProcess portal) : IClassFixture<PortalProcess>
{
    public static TheoryData<string> Providers => [.. ProviderForm.All.Select(p => p.Key)];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_new_client_is_onboarded_in_the_browser_and_its_first_campaign_reaches_its_people_and_shows_its_figures(string key)
    {
        var provider = ProviderForm.All.Single(p => p.Key == key);
        var client = $"Books through {provider.Name}";
        await using var staff = await browser.SignInAsync(portal, "staff");
        await using var marketer = await NewClient.CreateAsync(browser, portal, staff.Page, client);
        var page = marketer.Page;
        var home = new Uri(page.Url).AbsolutePath;

        await BringDataAsync(page, home);
        await ConnectAsync(page, home, provider);
        await MakeGroupAsync(page);

        // The clock moves by a day: then there are 15 to 30 minutes to go, when MobilePush is given its list.
        var tomorrow = (await portal.Twin.LocalTimeAsync()).AddDays(1);
        var sendAt = tomorrow.Date.AddHours(tomorrow.Hour).AddMinutes(tomorrow.Minute + 30 - tomorrow.Minute % 15);
        var day = DateOnly.FromDateTime(sendAt);
        var before = await ReachedAsync(provider);
        var campaign = await ScheduleAsync(page, home, provider, sendAt);
        await staff.Page.OpenAsync("/staff/clients");
        await staff.Page.EnterClientAsync(client);
        await staff.Page.MoveClockByADayAsync(portal.Twin);
        await page.OpenAsync($"{home}/campaigns/{campaign}/{day:yyyy-MM-dd}");
        await Expect(page.GetByText("All handed over")).ToBeVisibleAsync(new() { Timeout = Person.JobPatience });
        var list = Occurrence.Read(await page.Card("What became of everybody").InnerTextAsync());
        await IsAtTwinAsync(provider, campaign, day, list, before);

        await staff.Page.MoveClockByADayAsync(portal.Twin);
        await staff.Page.MoveClockByADayAsync(portal.Twin);
        await FiguresAreShownAsync(page, $"{home}/analysis/{campaign}?occurrence={day:yyyy-MM-dd}&tab=delivery", list);
        marketer.AssertNoErrors();
        staff.AssertNoErrors();
    }

    private static async Task BringDataAsync(IPage page, string home)
    {
        await page.GoToAsync("Imports");
        await page.Link("Begin with a customers file").ClickAsync();
        await Expect(page.Heading("Propose attributes from a file")).ToBeVisibleAsync();
        await page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "customers.csv", MimeType = "text/csv", Buffer = CustomersFile.WriteGood() });
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Make [0-9]+ attributes$") }).ClickAsync();
        await page.Button("Import customers.csv now").ClickAsync();
        await Expect(page.GetByText("rows of customers.csv are in use.")).ToBeVisibleAsync(new() { Timeout = Person.JobPatience });

        await page.OpenAsync($"{home}/imports");
        await page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "customer_apps.csv", MimeType = "text/csv", Buffer = CustomersFile.WriteApps() });
        await page.GetByRole(AriaRole.Button, new() { NameString = "Import customer_apps.csv" }).ClickAsync();
        await Expect(page.GetByText("rows of customer_apps.csv are in use.")).ToBeVisibleAsync(new() { Timeout = Person.JobPatience });
    }

    private static async Task ConnectAsync(IPage page, string home, ProviderForm provider)
    {
        await page.OpenAsync($"{home}/channels/new/{provider.Key}");
        foreach (var (label, text) in provider.Fields) await page.GetByLabel(new Regex($@"^{Regex.Escape(label)}( \(optional\))?$")).FillAsync(text);
        await page.Button("Save and check").ClickAsync();
        await Expect(page.Heading(provider.Name)).ToBeVisibleAsync();
        await Expect(page.Button("Check all now")).ToBeVisibleAsync();
        if (provider.Subject is { } subject) await GiveSubjectAsync(page, provider.Message, subject);
        await ConfirmRestAsync(page);
        await Expect(page.GetByText("Ready", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static async Task GiveSubjectAsync(IPage page, string message, string subject)
    {
        var connection = page.Url;
        await page.Link("Manage templates").ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = message });
        await row.GetByLabel("Subject").FillAsync(subject);
        await Expect(row).ToContainTextAsync("All changes saved");
        await page.OpenAsync(connection.Split('?')[0]);
        await page.Button("Check all now").ClickAsync();
        await Expect(page.Button("Check all now")).ToBeVisibleAsync();
    }

    /// <summary>Somebody gives their word for each line that software cannot check.</summary>
    private static async Task ConfirmRestAsync(IPage page)
    {
        var open = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Waits for a person's word" });
        for (var left = await open.CountAsync(); left > 0; left--)
        {
            await open.First.Locator("summary").ClickAsync();
            await open.First.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
            var dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("Who does it, and how?").FillAsync("Astrid, seen at the provider today");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
            await Expect(open).ToHaveCountAsync(left - 1);
        }
    }

    private static async Task MakeGroupAsync(IPage page)
    {
        await page.GoToAsync("Target groups");
        await page.Link("New target group").First.ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Gold readers");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "What condition 1 is about" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { NameString = "Value tier" }).ClickAsync();
        await page.GetByLabel("Comparison of condition 1").SelectOptionAsync(new SelectOptionValue { Label = "is" });
        await page.GetByLabel("Value of condition 1").FillAsync("Gold");
        await Expect(page.Card("Size now").GetByText(Number(CustomersFile.Gold), new() { Exact = true })).ToBeVisibleAsync();
        await page.Button("Save group").ClickAsync();
        await Expect(page.Heading("Gold readers")).ToBeVisibleAsync();
    }

    private static async Task<string> ScheduleAsync(IPage page, string home, ProviderForm provider, DateTime sendAt)
    {
        await page.OpenAsync($"{home}/campaigns/new");
        await Expect(page).ToHaveURLAsync(new Regex("/edit/who$"));
        await page.GetByLabel("Campaign name").FillAsync("The first letter");
        await page.GetByLabel("Who is this for?").SelectOptionAsync(new SelectOptionValue { Label = $"Gold readers ({Number(CustomersFile.Gold)})" });
        await Expect(page.Figure("In the group")).ToHaveTextAsync(Number(CustomersFile.Gold));
        await page.Link("Next: What counts").ClickAsync();
        await page.Link("Next: Message").ClickAsync();
        await page.GetByLabel("Connection", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = $"{provider.Name} ({provider.Name})" });
        await page.GetByRole(AriaRole.Radio, new() { NameString = provider.Message }).CheckAsync();
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

    // Nobody twice. Appboy sends an iOS campaign to those of the handed over who have an iPhone.
    private async Task IsAtTwinAsync(ProviderForm provider, string campaign, DateOnly day, Occurrence list, Dictionary<string, int> before)
    {
        Assert.True(list.Accepted > 0);
        Assert.Equal(CustomersFile.Gold, list.Considered);
        Assert.Equal(list.Considered, list.Excluded + list.Control + list.Accepted + list.Rejected);
        var times = await TimesReachedAsync(provider, campaign, day, before);
        if (provider.Key == "appboy") Assert.InRange(times.Count, 1, list.Accepted);
        else Assert.Equal(list.Accepted, times.Count);
        Assert.All(times, t => Assert.Equal(1, t));
    }

    /// <summary>How often each was reached by the campaign.</summary>
    /// <param name="before">What the demo's own campaigns had reached until then.</param>
    private async Task<IReadOnlyList<int>> TimesReachedAsync(ProviderForm provider, string campaign, DateOnly day, Dictionary<string, int> before)
    {
        if (provider.Key == "mailchimp") return [.. (await portal.Twin.DeliveriesAsync((await portal.Twin.CampaignAsync(campaign, day)).Title)).Values];
        return [.. (await ReachedAsync(provider)).Select(p => p.Value - before.GetValueOrDefault(p.Key)).Where(times => times > 0)];
    }

    /// <summary>How often the twin delivers to each, by everything that the twin knows them by.</summary>
    private async Task<Dictionary<string, int>> ReachedAsync(ProviderForm provider)
    {
        if (provider.Key == "mailchimp") return [];
        using var http = new HttpClient();
        var got = await http.GetFromJsonAsync<JsonElement>(new Uri(portal.Twin.Origin, $"/{provider.Key}/demo/twin/deliveries?scheduled=true"));
        return got.GetProperty(provider.People).EnumerateArray().ToDictionary(
            p => string.Join(' ', p.EnumerateObject().Where(v => v.Name != "times").Select(v => v.Value.ToString())), p => p.GetProperty("times").GetInt32());
    }

    private static async Task FiguresAreShownAsync(IPage page, string address, Occurrence list)
    {
        var rows = page.GetByRole(AriaRole.List, new() { Name = "What became of the messages" }).GetByRole(AriaRole.Listitem);
        var sent = rows.Filter(new() { Has = page.GetByText("Sent", new() { Exact = true }) });
        await Eventually.TrueAsync(async () =>
        {
            await page.OpenAsync(address);
            return await sent.CountAsync() == 1 && (await sent.InnerTextAsync()).Contains($"of {Number(list.Accepted + list.Rejected)}", StringComparison.Ordinal);
        }, () => page.GetByRole(AriaRole.Main).InnerTextAsync());
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
