using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.MailChimp;

public sealed class TemplateTests
{
    [Fact]
    public async Task Templates_are_filtered_by_type_and_content_and_sorted()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        Assert.Equal(26, (int)(await twin.GetAsync("templates?type=user"))["total_items"]!);
        Assert.Equal([10100], (await twin.GetAsync("templates?content_type=multichannel"))["templates"]!.AsArray().Select(t => (int)t!["id"]!));
        Assert.Equal("Template 10025", (string?)(await twin.GetAsync("templates?count=1&sort_field=name&sort_dir=DESC"))["templates"]![0]!["name"]);
    }

    [Fact]
    public async Task A_template_has_no_subject_and_its_shared_page_shows_it()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var template = await twin.GetAsync("templates/10001");
        Assert.Null(template["subject_line"]);
        Assert.Contains("Hello from 10001", await twin.Http.GetStringAsync((string)template["share_url"]!, TestContext.Current.CancellationToken));
        Assert.Contains("Hello from 10001", (string?)(await twin.GetAsync("templates/10001/default-content"))["sections"]!["body"]);
    }

    [Fact]
    public async Task A_deleted_template_stays_listed_as_inactive_and_cannot_be_used()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var segment = await twin.SegmentAsync(5);
        Assert.Equal(204, (await twin.CallAsync("DELETE", new Uri(twin.Host.BaseAddress, "mailchimp/demo/twin/templates/10001").AbsoluteUri)).Status);
        Assert.False((bool)(await twin.GetAsync("templates/10001"))["active"]!);
        Assert.Equal(27, (int)(await twin.GetAsync("templates"))["total_items"]!);
        var (status, problem) = await twin.CallAsync("POST", "campaigns", MailChimpTwin.Order(segment));
        Assert.Equal((400, "settings.template_id"), (status, (string?)problem!["errors"]![0]!["field"]));
    }

    [Fact]
    public async Task A_template_of_the_new_builder_is_echoed_and_makes_placeholder_content()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var (status, made) = await twin.CallAsync("POST", "campaigns", MailChimpTwin.Order(await twin.SegmentAsync(5), template: 10100));
        Assert.Equal((200, 10100), (status, (int)made!["settings"]!["template_id"]!));
        var html = (string?)(await twin.GetAsync($"campaigns/{made["id"]}/content"))["html"];
        Assert.DoesNotContain("Real content", html);
        Assert.NotEqual("", html);
    }

    [Fact]
    public async Task A_changed_template_id_leaves_the_content_and_putting_the_content_changes_it()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.SegmentAsync(5));
        await twin.CallAsync("PATCH", $"campaigns/{campaign}", new { settings = new { template_id = 10002 } });
        Assert.Contains("Hello from 10001", (string?)(await twin.GetAsync($"campaigns/{campaign}/content"))["html"]);
        await twin.CallAsync("PUT", $"campaigns/{campaign}/content", new { template = new { id = 10002 } });
        Assert.Contains("Hello from 10002", (string?)(await twin.GetAsync($"campaigns/{campaign}/content"))["html"]);
    }
}
