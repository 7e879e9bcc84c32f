using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Optimove.Portal.E2E.Journey;
using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E.Partners;

/// <summary>
/// An integration partner, from the definition of its channel to the figures of its first campaign: people work in the browser, the partner's programs are played by a twin
/// that knows nothing but the address of the portal and the key that was handed over.
/// </summary>
public sealed class PartnerTests(Browser browser, PortalProcess portal) : IClassFixture<PortalProcess>
{
    private const string Channel = "Nova messages", Number = "777", Home = "/aurelia";

    [Fact]
    public async Task A_partner_is_onboarded_in_the_browser_and_its_programs_carry_a_campaign_to_its_figures()
    {
        await using var admin = await browser.SignInAsync(portal, "admin");
        await DefineChannelAsync(admin.Page);
        await ConnectTwinAsync(await IssueKeyAsync(admin.Page));
        await admin.Page.OpenAsync(Home + "/channels");
        await admin.Page.Link(Channel).ClickAsync();
        var connection = admin.Page.Url;
        await Eventually.TrueAsync(async () =>
        {
            await admin.Page.OpenAsync(connection);
            return await admin.Page.GetByText("2 templates on offer").CountAsync() > 0;
        }, () => admin.Page.GetByRole(AriaRole.Main).InnerTextAsync());
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Send a test event for event 13" }).ClickAsync();
        await Expect(admin.Page.Card("Checklist").GetByText("The listener last took a notice")).ToBeVisibleAsync();
        await Expect(admin.Page.GetByText("Ready", new() { Exact = true })).ToBeVisibleAsync();

        await using var marketer = await browser.SignInAsync(portal, "marketer");
        var tomorrow = DateOnly.FromDateTime((await portal.Twin.LocalTimeAsync()).AddDays(1));
        var campaign = await ScheduleAsync(marketer.Page, tomorrow);
        await using var staff = await browser.SignInAsync(portal, "staff");
        await staff.Page.OpenAsync("/staff/clients");
        await staff.Page.EnterClientAsync();
        await staff.Page.MoveClockByADayAsync(portal.Twin);
        await marketer.Page.OpenAsync($"{Home}/campaigns/{campaign}/{tomorrow:yyyy-MM-dd}");
        await Expect(marketer.Page.GetByText("All handed over")).ToBeVisibleAsync(new() { Timeout = Person.JobPatience });
        var list = Occurrence.Read(await marketer.Page.Card("What became of everybody").InnerTextAsync());
        Assert.True(list.Accepted > 100);
        await HasFetchedAsync(list.Accepted);

        await staff.Page.MoveClockByADayAsync(portal.Twin);
        await staff.Page.MoveClockByADayAsync(portal.Twin);
        await FiguresAreShownAsync(marketer.Page, $"{Home}/analysis/{campaign}?occurrence={tomorrow:yyyy-MM-dd}&tab=delivery", list.Accepted);
        await admin.Page.OpenAsync(connection);
        await admin.Page.Button("Check all now").ClickAsync();
        await Expect(admin.Page.Card("Checklist")).ToContainTextAsync($"All {list.Accepted.ToString("N0", CultureInfo.InvariantCulture)} people of \"By text\" were fetched");
        foreach (var tab in new[] { admin, marketer, staff }) tab.AssertNoErrors();
    }

    [Fact]
    public async Task The_third_visit_of_a_page_sends_a_message_within_a_second_and_is_seen_in_the_browser()
    {
        await using var admin = await browser.SignInAsync(portal, "admin");
        var key = await admin.Page.IssueClientKeyAsync();
        await using var marketer = await browser.SignInAsync(portal, "marketer");
        await marketer.Page.OpenAsync(Home + "/campaigns/triggered");
        await Expect(marketer.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Still thinking about it" })).ToContainTextAsync("Live");
        await marketer.Page.OpenAsync(Home + "/triggers");
        using var shop = new HttpClient { BaseAddress = new(portal.Url), DefaultRequestHeaders = { { "X-API-KEY", key } } };
        // The first visit of a process prepares everything; a tenth of the customers are held back as control.
        await VisitAsync(shop, "C-100001", visits: 1);
        var took = new Dictionary<string, TimeSpan?>();
        foreach (var customer in Enumerable.Range(2, 6).Select(n => $"C-{100_000 + n}"))
        {
            await VisitAsync(shop, customer, visits: 2);
            Assert.Empty(await MessagesAsync(customer));
            await VisitAsync(shop, customer, visits: 1);
            await Expect(marketer.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = customer })).ToBeVisibleAsync();
            var row = await marketer.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = customer }).InnerTextAsync();
            took[customer] = row.Contains("Sent", StringComparison.Ordinal) ? await ArrivedAsync(customer) - _lastVisit : null;
            Assert.Equal(took[customer] is null ? 0 : 1, (await MessagesAsync(customer)).Count);
        }
        Assert.Contains(took.Values, t => t is not null);
        Assert.All(took.Values.OfType<TimeSpan>(), t => Assert.InRange(t, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        // Once a week at most.
        var reached = took.First(t => t.Value is not null).Key;
        await VisitAsync(shop, reached, visits: 3);
        await Eventually.TrueAsync(async () =>
        {
            await marketer.Page.OpenAsync($"{Home}/customers/{reached}");
            return await marketer.Page.GetByText("Met it 1 more time since then, too early to enter again.").CountAsync() == 1;
        }, () => Task.FromResult($"the page of {reached} says that it was met again"));
        Assert.Single(await MessagesAsync(reached));
        await TriggeredFiguresAreShownAsync(marketer.Page);
        admin.AssertNoErrors();
        marketer.AssertNoErrors();
    }

    // The partner's programs post them within seconds of the first message.
    private static async Task TriggeredFiguresAreShownAsync(IPage page)
    {
        await page.GoToAsync("Analysis");
        await page.Link("Triggered").ClickAsync();
        await page.Link("Still thinking about it").ClickAsync();
        await Expect(page.Heading("Still thinking about it")).ToBeVisibleAsync();
        await Expect(page.GetByText("nobody's days are over as far as purchases are known")).ToBeVisibleAsync();
        var address = page.Url;
        await Eventually.TrueAsync(async () =>
        {
            await page.OpenAsync(address);
            return await page.GetByText("that the partner was told of").CountAsync() == 1;
        }, () => page.GetByRole(AriaRole.Main).InnerTextAsync());
    }

    private DateTimeOffset _lastVisit;

    private async Task VisitAsync(HttpClient shop, string customer, int visits)
    {
        for (var visit = 0; visit < visits; visit++)
        {
            _lastVisit = await portal.Twin.NowAsync();
            using var answer = await shop.PostAsJsonAsync("/current/events/ReportEvent",
                new { EventID = $"{Guid.NewGuid():N}", EventType = "page_visit", CustomerID = customer, TimeStamp = _lastVisit.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), Parameters = new { page = "/sale", seconds = 12 } });
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    /// <summary>What the partner of the demo was given for a customer.</summary>
    private async Task<List<JsonElement>> MessagesAsync(string customer)
    {
        using var http = new HttpClient();
        var twin = await http.GetFromJsonAsync<JsonElement>(new Uri(portal.Twin.Origin, "/partner/demo/twin"));
        return [.. twin.GetProperty("Notices").EnumerateArray().Where(n => n.GetProperty("Body").GetString()!.Contains($"\"customerID\":\"{customer}\"", StringComparison.Ordinal))];
    }

    private async Task<DateTimeOffset> ArrivedAsync(string customer)
    {
        await Eventually.TrueAsync(async () => (await MessagesAsync(customer)).Count > 0, () => Task.FromResult($"the message of {customer}"));
        return (await MessagesAsync(customer))[0].GetProperty("At").GetDateTimeOffset();
    }

    private static async Task DefineChannelAsync(IPage page)
    {
        await page.OpenAsync(Home + "/channels");
        await page.Link("Partner channels").ClickAsync();
        await page.Link("Define a channel").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(Channel);
        await page.GetByLabel("Number", new() { Exact = true }).FillAsync(Number);
        await page.GetByLabel("Kind").SelectOptionAsync(new SelectOptionValue { Label = "SMS" });
        await page.GetByRole(AriaRole.Group, new() { Name = "Personalisation tags offered" }).GetByLabel("First name").CheckAsync();
        await page.Button("Define channel").ClickAsync();
        await Expect(page.GetByText($"{Channel} is saved.")).ToBeVisibleAsync();
    }

    private static async Task<(string Key, string Signing)> IssueKeyAsync(IPage page)
    {
        await page.OpenAsync(Home + "/settings/api?open=new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Nova");
        await page.GetByLabel($"{Number} {Channel}").CheckAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Attributes it may read" }).GetByLabel("First name").CheckAsync();
        await page.Button("Issue").ClickAsync();
        await Expect(page.GetByText("Secrets of Nova, shown this once")).ToBeVisibleAsync();
        async Task<string> OfAsync(string label) => (await page.Locator($"dt:text-is('{label}') + dd .text").InnerTextAsync()).Trim();
        return (await OfAsync("API key"), await OfAsync("Signing key"));
    }

    private async Task ConnectTwinAsync((string Key, string Signing) secrets)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(portal.Twin.Origin,
            $"/partner/nova/twin/connect?portal={Uri.EscapeDataString(portal.Url + "/")}&key={secrets.Key}&signing={secrets.Signing}&channel={Number}&attributes=first_name&templates=1700000000000901:Hello+by+text,8:Second+text"), null);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static async Task<string> ScheduleAsync(IPage page, DateOnly day)
    {
        await page.OpenAsync(Home + "/campaigns/new?group=2");
        await Expect(page).ToHaveURLAsync(new Regex("/edit/who$"));
        await page.GetByLabel("Campaign name").FillAsync("By text");
        await page.Link("Next: What counts").ClickAsync();
        await page.Link("Next: Message").ClickAsync();
        await page.GetByLabel("Connection", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = $"{Channel} (Integration partner)" });
        await page.GetByRole(AriaRole.Radio, new() { NameString = "Hello by text" }).CheckAsync();
        await page.Link("Next: When").ClickAsync();
        await page.GetByLabel("Send date").FillAsync(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.GetByLabel("Send time").FillAsync("23:00");
        await page.Link("Next: Preflight").ClickAsync();
        await Expect(page.GetByText("Nothing stops the launch.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameString = "Schedule for" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/campaigns/[0-9]+$"));
        return page.Url.Split('/')[^1];
    }

    // Told once, by a signed notice, and everybody fetched exactly once.
    private async Task HasFetchedAsync(int people)
    {
        using var http = new HttpClient();
        JsonElement twin = default;
        await Eventually.TrueAsync(async () =>
        {
            twin = await http.GetFromJsonAsync<JsonElement>(new Uri(portal.Twin.Origin, "/partner/nova/twin"));
            return twin.GetProperty("Campaigns").EnumerateArray().Any(c => c.GetProperty("Messages").GetInt32() == people);
        }, () => Task.FromResult(twin.ToString()));
        Assert.Single(twin.GetProperty("Campaigns").EnumerateArray());
        Assert.All(twin.GetProperty("Notices").EnumerateArray(), n => Assert.True(n.GetProperty("Signed").GetBoolean()));
        Assert.Single(twin.GetProperty("Notices").EnumerateArray(), n => !n.GetProperty("Body").GetString()!.Contains("\"CampaignID\":0", StringComparison.Ordinal));
    }

    private static async Task FiguresAreShownAsync(IPage page, string address, int people)
    {
        var rows = page.GetByRole(AriaRole.List, new() { Name = "What became of the messages" }).GetByRole(AriaRole.Listitem);
        ILocator Row(string name) => rows.Filter(new() { Has = page.GetByText(name, new() { Exact = true }) });
        await Eventually.TrueAsync(async () =>
        {
            await page.OpenAsync(address);
            return await Row("Sent").CountAsync() == 1 && (await Row("Sent").InnerTextAsync()).Contains($"of {people.ToString("N0", CultureInfo.InvariantCulture)}", StringComparison.Ordinal);
        }, () => page.GetByRole(AriaRole.Main).InnerTextAsync());
        await Expect(Row("Unique opens")).ToContainTextAsync("delivered");
    }
}
