using Microsoft.Extensions.DependencyInjection;
using Bunit;
using Optimove.Portal.Shell;
using Optimove.Portal.Shell.Frame;
using Optimove.Portal.Tests.Ui;

namespace Optimove.Portal.Tests.Shell;

public sealed class PortalFrameTests : UiContext
{
    private static readonly ShellState _marketer = new() { PersonName = "Sofia Marin", Initials = "SM", TenantName = "Aurelia Stores", TenantSlug = "aurelia", NeedsYou = 4 };

    private static readonly ShellState _visitor = _marketer with { PersonName = "Ines Rahm", Initials = "IR", IsStaff = true, Visit = "as Ines Rahm, Customer success." };

    [Fact]
    public void A_marketer_sees_no_staff_pages_no_other_client_and_no_visit()
    {
        var frame = Draw(_marketer);
        Assert.DoesNotContain("/staff", frame.Markup, StringComparison.Ordinal);
        Assert.Empty(frame.FindAll("button.tenant, .visit"));
    }

    [Fact]
    public void A_visit_by_staff_is_marked_and_can_be_left()
    {
        var band = Draw(_visitor).Find(".visit");
        Assert.Contains("Visiting Aurelia Stores as Ines Rahm", band.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Take edit rights for 2 hours", "Leave"], band.QuerySelectorAll("button").Select(b => b.TextContent));
    }

    [Fact]
    public void Without_a_client_there_are_only_staff_pages_and_no_search()
    {
        var frame = Draw(_visitor with { TenantName = null, TenantSlug = null, Visit = null });
        Assert.Equal([Urls.Portfolio, Urls.Clients], frame.FindAll(".sidebar .item").Select(a => a.GetAttribute("href")));
        Assert.Empty(frame.FindAll(".search"));
    }

    [Fact]
    public void What_waits_for_a_person_is_counted_in_words_for_those_who_hear()
    {
        Assert.Equal("4 need you", Draw(_marketer).Find(".sidebar .n").TextContent);
        Assert.Empty(Draw(_marketer with { NeedsYou = 0 }).FindAll(".n"));
    }

    [Fact]
    public void Searching_goes_to_the_tenant_s_own_search()
    {
        var frame = Draw(_marketer);
        frame.Find("#search").Change(" anna & co ");
        frame.Find("form.search").Submit();
        Assert.EndsWith("/aurelia/search?q=anna%20%26%20co", Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_breaks_leaves_the_frame_standing()
    {
        var frame = Render<PortalFrame>(p => p.Add(f => f.State, _marketer).Add(f => f.ChildContent, _ => throw new InvalidOperationException("secret")));
        Assert.Equal("This page stopped working", frame.Find("main h1").TextContent);
        Assert.NotEmpty(frame.FindAll(".sidebar .item"));
        Assert.DoesNotContain("secret", frame.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<PortalFrame> Draw(ShellState state) =>
        Render<PortalFrame>(p => p.Add(f => f.State, state).Add(f => f.ChildContent, "body"));
}
