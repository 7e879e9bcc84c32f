using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E.Partners;

/// <summary>Value segments: defined, ordered and removed in the browser, and read by a client's program.</summary>
public sealed class SegmentTests(Browser browser, SharedPortal shared)
{
    private const string Segments = "/aurelia/settings/segments", First = "First choice", Others = "Everybody else";

    [Fact]
    public async Task Segments_are_defined_and_ordered_in_the_browser_and_a_program_reads_who_is_in_each()
    {
        var portal = await shared.GetAsync();
        await using var admin = await browser.SignInAsync(portal, "admin");
        var page = admin.Page;
        using var program = new HttpClient { BaseAddress = new(portal.Url), DefaultRequestHeaders = { { "X-API-KEY", await page.IssueClientKeyAsync() } } };
        var today = (await portal.Twin.LocalTimeAsync()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        await page.OpenAsync(Segments);
        await Expect(page.GetByText("No segment is defined")).ToBeVisibleAsync();
        await page.Link("Define a segment").First.ClickAsync();
        await page.Button("Save").ClickAsync();
        await Expect(page.GetByText("Give the segment a name of at most 80 characters.")).ToBeVisibleAsync();
        await DefineAsync(page, First, "VIP and rising");
        await page.Link("Define a segment").ClickAsync();
        await DefineAsync(page, Others, "Everybody but staff");
        Assert.Equal([First, Others], await NamesAsync(program));
        var vip = await PeopleAsync(program, First, today);
        Assert.NotEmpty(vip);
        Assert.Empty(vip.Intersect(await PeopleAsync(program, Others, today)));

        // Tried first, the larger group has everybody of the other too.
        await page.Button($"Try {Others} earlier").ClickAsync();
        await Expect(page.Button($"Try {First} earlier")).ToBeVisibleAsync();
        Assert.Equal([Others, First], await NamesAsync(program));
        Assert.Superset(vip, await PeopleAsync(program, Others, today));
        Assert.Empty(await PeopleAsync(program, First, today));

        foreach (var name in new[] { First, Others })
        {
            await page.Link(name).ClickAsync();
            await page.Button("Remove this segment").ClickAsync();
            await page.Button("Remove it").ClickAsync();
            await Expect(page.Link(name)).ToHaveCountAsync(0);
        }
        Assert.Empty(await NamesAsync(program));
        admin.AssertNoErrors();
    }

    private static async Task DefineAsync(IPage page, string name, string group)
    {
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Target group").SelectOptionAsync(new SelectOptionValue { Label = group });
        await page.Button("Save").ClickAsync();
        await Expect(page.GetByText($"{name} is saved.")).ToBeVisibleAsync();
        await Expect(page.Link(name)).ToBeVisibleAsync();
        await Expect(page.Button("Save")).ToHaveCountAsync(0);
    }

    private static async Task<string[]> NamesAsync(HttpClient program) =>
        [.. (await program.GetFromJsonAsync<JsonElement>("/current/Segments/GetValueSegments")).EnumerateArray().Select(s => s.GetProperty("ValueSegmentName").GetString()!)];

    private static async Task<HashSet<string>> PeopleAsync(HttpClient program, string segment, string day)
    {
        var number = (await program.GetFromJsonAsync<JsonElement>($"/current/Segments/GetValueSegmentID?ValueSegmentName={Uri.EscapeDataString(segment)}")).GetProperty("ValueSegmentID").GetInt32();
        var people = await program.GetFromJsonAsync<JsonElement>($"/current/Segments/GetCustomersByValueSegment?ValueSegmentID={number}&Date={day}");
        return [.. people.EnumerateArray().Select(c => c.GetProperty("CustomerID").GetString()!)];
    }
}
