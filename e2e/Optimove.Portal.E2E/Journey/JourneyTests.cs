using System.Text.RegularExpressions;
using System.Globalization;
using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E.Journey;

/// <summary>
/// The main job, in the order in which people do it, through the twin: what the pages say at the end is what the twin says.
/// One test, because each step stands on the one before.
/// </summary>
public sealed class JourneyTests(Browser browser, ITestOutputHelper output)
{
    private const string Group = "Gold customers", Template = "Gift guide", Subject = "Find the right gift in a minute", Campaign = "Gifts for gold customers";

    [Fact]
    public async Task A_campaign_goes_from_the_uploaded_file_to_its_analysis_and_every_number_is_the_twins()
    {
        // A portal of its own, for it moves the clock.
        await using var portal = new PortalProcess();
        await portal.StartAsync();
        await using var marketer = await browser.SignInAsync(portal, "marketer");
        await using var staff = await browser.SignInAsync(portal, "csm");
        var page = marketer.Page;

        await ImportAsync(page);
        await MakeGroupAsync(page);
        await GiveSubjectAsync(page);
        var day = DateOnly.FromDateTime((await portal.Twin.LocalTimeAsync()).AddDays(1));
        var campaign = await ScheduleAsync(page, day);

        await staff.Page.EnterClientAsync();
        await staff.Page.RunNightAsync();
        var list = await ListMadeAndHandedOverAsync(page, campaign, day);
        var atTwin = await portal.Twin.CampaignAsync(campaign, day);
        await ListIsTheTwinsAsync(page, portal.Twin, list, atTwin);

        await SevenPullsAsync(page, staff.Page, portal.Twin, campaign, day);
        await AnalysisIsTheTwinsAsync(page, await portal.Twin.ReportAsync(atTwin.Id), list);
        await ExportsAddUpAsync(page, list);
        marketer.AssertNoErrors();
        staff.AssertNoErrors();
    }

    private static async Task ImportAsync(IPage page)
    {
        await page.GoToAsync("Imports");
        await page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "customers.csv", MimeType = "text/csv", Buffer = CustomersFile.Write() });
        await page.GetByRole(AriaRole.Button, new() { NameString = "Import customers.csv" }).ClickAsync();
        // Once it has arrived, its own page opens and follows the import to its end.
        await Expect(page.Heading("customers.csv")).ToBeVisibleAsync();
        await Expect(page.GetByText($"{Number(CustomersFile.Good)} rows of customers.csv are in use.")).ToBeVisibleAsync(new() { Timeout = Person.JobPatience });
        await Expect(page.Figure("Read")).ToHaveTextAsync(Number(CustomersFile.Good + CustomersFile.Rotten.Count));
        await Expect(page.Figure("Loaded")).ToHaveTextAsync(Number(CustomersFile.Good));
        await Expect(page.Figure("Rejected")).ToHaveTextAsync(Number(CustomersFile.Rotten.Count));
        var rejects = await page.DownloadAsync(page.Link("Rejected rows"));
        Assert.Equal(CustomersFile.Rotten.Count + 1, rejects.Length);
        foreach (var key in new[] { "C-100011", "C-900057", "nobody@mail.example", "C-900707" }) Assert.Single(rejects, line => line.Contains(key, StringComparison.Ordinal));
    }

    private static async Task MakeGroupAsync(IPage page)
    {
        await page.GoToAsync("Target groups");
        await page.Link("New target group").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(Group);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "What condition 1 is about" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { NameString = "Value tier" }).ClickAsync();
        await page.GetByLabel("Comparison of condition 1").SelectOptionAsync(new SelectOptionValue { Label = "is" });
        await page.GetByLabel("Value of condition 1").FillAsync("Gold");
        await Expect(page.Card("Size now").GetByText(Number(CustomersFile.Gold), new() { Exact = true })).ToBeVisibleAsync();
        await page.Button("Save group").ClickAsync();
        await Expect(page.Heading(Group)).ToBeVisibleAsync();
    }

    private static async Task GiveSubjectAsync(IPage page)
    {
        await page.GoToAsync("Channels");
        await page.Link("MailChimp").ClickAsync();
        await page.Link("Manage templates").ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Template });
        await Expect(row).ToContainTextAsync("Not yet");
        await row.GetByLabel("Subject").FillAsync(Subject);
        await Expect(row).ToContainTextAsync("All changes saved");
        await page.ReloadAsync();
        await Expect(row).ToContainTextAsync("Yes");
    }

    private static async Task<string> ScheduleAsync(IPage page, DateOnly day)
    {
        await page.GoToAsync("Campaigns");
        await page.Link("Run campaign").ClickAsync();
        await page.GetByLabel("Campaign name").FillAsync(Campaign);
        var group = page.GetByLabel("Who is this for?");
        await group.SelectOptionAsync(new SelectOptionValue { Label = $"{Group} ({Number(CustomersFile.Gold)})" });
        await Expect(page.Figure("In the group")).ToHaveTextAsync(Number(CustomersFile.Gold));
        await Expect(page.GetByLabel("Control share", new() { Exact = true })).ToHaveValueAsync("10");

        await page.Link("Next: What counts").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { NameString = "Revenue" })).ToBeCheckedAsync();
        await page.Button("14 days").ClickAsync();
        await Expect(page.Button("14 days")).ToHaveAttributeAsync("aria-pressed", "true");

        await page.Link("Next: Message").ClickAsync();
        await page.GetByLabel("Connection", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "MailChimp (MailChimp)" });
        await page.GetByRole(AriaRole.Radio, new() { NameString = Template }).CheckAsync();

        await page.Link("Next: When").ClickAsync();
        await page.GetByLabel("Send date").FillAsync(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.GetByLabel("Send time").FillAsync("10:15");
        await page.GetByLabel("Send time").PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("10:15 Europe/Paris = ");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "All changes saved" })).ToBeVisibleAsync();

        await page.Link("Next: Preflight").ClickAsync();
        await Expect(page.GetByText("Nothing stops the launch.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameString = "Schedule for" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/campaigns/[0-9]+$"));
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Scheduled");
        return page.Url.Split('/')[^1];
    }

    private static async Task<Occurrence> ListMadeAndHandedOverAsync(IPage page, string campaign, DateOnly day)
    {
        await page.OpenAsync($"/aurelia/campaigns/{campaign}/{day:yyyy-MM-dd}");
        await Expect(page.GetByText("All handed over; goes out")).ToBeVisibleAsync(new() { Timeout = Person.JobPatience });
        return Occurrence.Read(await page.Card("What became of everybody").InnerTextAsync());
    }

    private static async Task ListIsTheTwinsAsync(IPage page, Twin twin, Occurrence list, TwinCampaign atTwin)
    {
        var mailed = await twin.DeliveriesAsync(atTwin.Title);
        Assert.Equal(CustomersFile.Gold, list.Considered);
        Assert.Equal(list.Considered, list.Excluded + list.Control + list.Accepted + list.Rejected);
        Assert.InRange(list.Control, list.Considered / 20, list.Considered / 6);
        Assert.Equal(list.Accepted, mailed.Count);
        Assert.All(mailed.Values, times => Assert.Equal(1, times));
        Assert.Equal(list.Accepted, atTwin.Recipients);
        Assert.Equal(Subject, atTwin.Subject);
        Assert.Equal(15, atTwin.ScheduledFor!.Value.Minute);

        var recipients = CsvTable.Read(await page.DownloadAsync(page.Link("Download the list")));
        Assert.Equal(list.Considered, recipients.Rows.Count);
        Assert.Equal(mailed.Keys.Order(), recipients.Rows.Where(r => recipients[r, "fate"] == "accepted").Select(r => recipients[r, "address"]).Order());
    }

    /// <summary>Moves the clock until seven readings are in, and looks each day whether the one that is due has come.</summary>
    private async Task SevenPullsAsync(IPage page, IPage staff, Twin twin, string campaign, DateOnly day)
    {
        var address = $"/aurelia/analysis/{campaign}?occurrence={day:yyyy-MM-dd}&tab=delivery";
        for (var due = 0; due < 7;)
        {
            await staff.MoveClockByADayAsync(twin);
            var now = await twin.LocalTimeAsync();
            output.WriteLine($"The clock says {now}");
            due = Math.Clamp((int)Math.Floor((now - day.ToDateTime(new(7, 0))).TotalDays), 0, 7);
            if (due == 0) continue;
            var readings = page.GetByRole(AriaRole.Table, new() { Name = "Figures at each pull" });
            await Eventually.TrueAsync(async () =>
            {
                await page.OpenAsync(address);
                return await readings.GetByRole(AriaRole.Link, new() { Name = "raw answer" }).CountAsync() == due;
            }, async () => $"the reading of day {due} at {now}:\n{await readings.InnerTextAsync()}");
        }
    }

    private static async Task AnalysisIsTheTwinsAsync(IPage page, TwinReport report, Occurrence list)
    {
        var rows = page.GetByRole(AriaRole.List, new() { Name = "What became of the messages" }).GetByRole(AriaRole.Listitem);
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "7 of 7 daily pulls are in." })).ToBeVisibleAsync();
        Assert.Equal(list.Accepted, report.Sent);
        await SaysAsync("Sent", report.Sent, $"of {Number(list.Accepted + list.Rejected)}; MailChimp rejected {Number(list.Rejected)}");
        await SaysAsync("Delivered", report.Delivered, $"of {Number(report.Sent)} sent");
        await SaysAsync("Unique opens", report.UniqueOpens, $"of {Number(report.Delivered)} delivered");
        await SaysAsync("Unique clicks", report.UniqueClicks, $"of {Number(report.Delivered)} delivered");
        await SaysAsync("Unsubscribed", report.Unsubscribed, $"of {Number(report.Delivered)} delivered");
        await SaysAsync("Bounces", report.Bounced, $"of {Number(report.Sent)} sent");

        async Task SaysAsync(string label, int figure, string denominator)
        {
            var row = rows.Filter(new() { Has = page.GetByText(label, new() { Exact = true }) });
            await Expect(row.GetByText(Number(figure), new() { Exact = true })).ToBeVisibleAsync();
            await Expect(row).ToContainTextAsync(denominator);
        }
    }

    private static async Task ExportsAddUpAsync(IPage page, Occurrence list)
    {
        var figures = await page.DownloadAsync(page.Link("Figures"));
        Assert.Contains($"{list.Considered},{list.Excluded},{list.Control},{list.Accepted},{list.Rejected},0", figures);
        Assert.Equal(7, figures.Count(line => line.Contains(",Read,", StringComparison.Ordinal)));

        var people = CsvTable.Read(await page.DownloadAsync(page.Link("Recipients")));
        Assert.Equal(list.Considered, people.Rows.Count);
        Assert.Equal(list.Control, people.Rows.Count(r => people[r, "fate"] == "control"));
        Assert.Equal(list.Excluded, people.Rows.Count(r => people[r, "fate"] == "excluded"));
        Assert.Equal(list.Accepted, people.Rows.Count(r => people[r, "fate"] == "accepted"));
        Assert.Equal(list.Rejected, people.Rows.Count(r => people[r, "fate"] == "rejected"));
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
