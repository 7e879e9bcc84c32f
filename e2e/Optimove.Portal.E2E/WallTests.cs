using System.Text.RegularExpressions;
using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E;

/// <summary>Who may see and do what, in a browser.</summary>
public sealed class WallTests(Browser browser, SharedPortal shared)
{
    private const string NothingThere = "There is nothing at this address";

    private static readonly string[] _parts =
    [
        "", "/customers", "/customers/C-100001", "/target-groups", "/target-groups/1", "/target-groups/new", "/campaigns", "/campaigns/1", "/campaigns/1/preflight", "/campaigns/1/edit/who",
        "/analysis", "/analysis/1", "/analysis/1/finance", "/channels", "/channels/1", "/channels/1/templates", "/imports", "/imports/1",
        "/settings", "/settings/users", "/settings/attributes", "/settings/audit", "/search?q=C-100001",
    ];

    [Theory]
    [InlineData("other", "aurelia")]
    [InlineData("marketer", "nordlicht")]
    public async Task Another_clients_pages_do_not_exist(string account, string client)
    {
        await using var tab = await browser.SignInAsync(await shared.GetAsync(), account);
        foreach (var part in _parts)
        {
            var response = await tab.Page.GotoAsync($"/{client}{part}");
            Assert.True(response!.Status == 404, $"/{client}{part} answered {response.Status}");
            await Expect(tab.Page.Heading(NothingThere)).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Another_clients_files_do_not_exist()
    {
        var portal = await shared.GetAsync();
        await using var own = await browser.SignInAsync(portal, "marketer");
        await using var other = await browser.SignInAsync(portal, "other");
        await own.Page.OpenAsync("/aurelia/analysis/1");
        var files = new List<string> { "/aurelia/imports/1/rejects.csv" };
        await Expect(own.Page.Locator("a[download]").First).ToBeVisibleAsync();
        foreach (var file in await own.Page.Locator("a[download]").AllAsync()) files.Add((await file.GetAttributeAsync("href"))!);
        foreach (var address in files)
        {
            Assert.Equal(200, (await own.Page.APIRequest.GetAsync(address)).Status);
            Assert.Equal(404, (await other.Page.APIRequest.GetAsync(address)).Status);
        }
    }

    [Fact]
    public async Task Who_may_only_read_cannot_schedule_or_change_anything()
    {
        var portal = await shared.GetAsync();
        await using var marketer = await browser.SignInAsync(portal, "marketer");
        await marketer.Page.OpenAsync("/aurelia/campaigns/new");
        await Expect(marketer.Page).ToHaveURLAsync(new Regex("/edit/who$"));
        var draft = new Uri(marketer.Page.Url).AbsolutePath;

        await using var reader = await browser.SignInAsync(portal, "reader");
        await reader.Page.OpenAsync(draft);
        await Expect(reader.Page.GetByLabel("Campaign name")).ToBeDisabledAsync();
        await Expect(reader.Page.GetByText("Your account may look but not change things.")).ToBeVisibleAsync();
        await reader.Page.OpenAsync(draft.Replace("/edit/who", "/preflight", StringComparison.Ordinal));
        await Expect(reader.Page.GetByRole(AriaRole.Button, new() { NameString = "Schedule" })).ToBeDisabledAsync();
        await reader.Page.OpenAsync("/aurelia/campaigns/2");
        await Expect(reader.Page.Button("Cancel the campaign")).ToBeDisabledAsync();
        await reader.Page.OpenAsync("/aurelia/campaigns/new");
        await Expect(reader.Page.GetByText("Your account may look but not change things. A client admin can change that.")).ToBeVisibleAsync();
        reader.AssertNoErrors();
    }

    [Theory]
    [InlineData("/staff/portfolio")]
    [InlineData("/staff/clients")]
    [InlineData("/staff/clients/new")]
    [InlineData("/staff/clients/aurelia")]
    [InlineData("/staff/people")]
    public async Task Staff_pages_are_closed_to_clients(string address)
    {
        await using var tab = await browser.SignInAsync(await shared.GetAsync(), "admin");
        await tab.Page.GotoAsync(address);
        await Expect(tab.Page.Heading("Your account may not do this")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nobody_sees_a_page_without_signing_in()
    {
        await using var tab = await browser.OpenAsync(await shared.GetAsync());
        foreach (var address in new[] { "/", "/aurelia", "/aurelia/customers", "/nowhere", "/staff/clients" })
        {
            await tab.Page.GotoAsync(address);
            await Expect(tab.Page.Heading("Sign in")).ToBeVisibleAsync();
        }
    }
}
