using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Providers;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Tests.Ui.States;

public sealed class PageTests : UiContext
{
    private readonly List<TaskCompletionSource<string?>> _answers = [];
    private readonly List<CancellationToken> _tokens = [];

    [Fact]
    public void A_quick_answer_shows_no_skeleton()
    {
        var page = Open();
        Assert.Empty(page.FindAll(".skrow"));
        Answer("52,310");
        page.WaitForAssertion(() => Assert.Equal("52,310", page.Find(".content").TextContent));
    }

    [Fact]
    public void After_300_ms_the_shape_of_the_content_shows_under_the_title()
    {
        var page = Open();
        Clock.Advance(TimeSpan.FromMilliseconds(299));
        Assert.Empty(page.FindAll(".skrow"));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".skrow")));
        Assert.Equal("Customers", page.Find("h1").TextContent);
        Answer("there");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skrow")));
    }

    [Fact]
    public void A_failure_says_how_long_it_tried_what_still_stands_and_a_reference_but_not_its_inner_words()
    {
        var page = Open();
        Clock.Advance(TimeSpan.FromSeconds(2));
        Fail(new InvalidOperationException("relation customers does not exist"));
        page.WaitForAssertion(() => Assert.Equal("Customers could not be read", page.Find("[role=alert] h2").TextContent));
        Assert.Contains("Tried for 2.0\u00A0s. Yesterday's list stands.", page.Markup, StringComparison.Ordinal);
        Assert.Matches("[0-9A-F]{4}-[0-9A-F]{4}", page.Find(".copy-line").TextContent);
        Assert.DoesNotContain("relation", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_provider_said_is_the_title()
    {
        var page = Open();
        Fail(new ProviderException(ProviderFault.Unavailable, "MailChimp did not answer"));
        page.WaitForAssertion(() => Assert.Equal("MailChimp did not answer", page.Find("h2").TextContent));
    }

    [Fact]
    public void A_refusal_is_said_in_its_own_words_without_a_reference()
    {
        var page = Open();
        Fail(new RefusedException("Only client admins see keys."));
        page.WaitForAssertion(() => Assert.Equal("Only client admins see keys.", page.Find("h2").TextContent));
        Assert.Empty(page.FindAll(".copy-line"));
    }

    [Fact]
    public void Try_again_reads_anew()
    {
        var page = Open();
        Fail(new TimeoutException());
        page.WaitForElement("[role=alert] .btn").Click();
        page.WaitForState(() => _answers.Count == 2);
        Answer("there now");
        page.WaitForAssertion(() => Assert.Equal("there now", page.Find(".content").TextContent));
    }

    [Fact]
    public void Nothing_found_says_that_the_address_leads_nowhere()
    {
        var page = Open();
        Answer(null);
        page.WaitForAssertion(() => Assert.Equal("There is nothing at this address", page.Find("h2").TextContent));
    }

    [Fact]
    public void An_empty_page_shows_its_own_notice_instead_of_the_content()
    {
        var page = Open();
        Answer("");
        page.WaitForAssertion(() => Assert.Equal("No customers yet", page.Find(".card").TextContent));
        Assert.Empty(page.FindAll(".content"));
    }

    [Fact]
    public void Another_address_reads_again_and_the_old_content_stays_until_then()
    {
        var page = Open();
        Answer("page one");
        page.WaitForElement(".content");
        GoTo("/aurelia/customers?page=2");
        page.WaitForAssertion(() => Assert.Equal("page one", page.Find(".stale .content").TextContent));
        Answer("page two");
        page.WaitForAssertion(() => Assert.Equal("page two", page.Find(".content").TextContent));
        Assert.Empty(page.FindAll(".stale"));
    }

    [Fact]
    public void A_late_answer_to_an_earlier_address_is_not_shown()
    {
        var page = Open();
        GoTo("/aurelia/customers?page=2");
        page.WaitForAssertion(() => Assert.Equal(2, _answers.Count));
        Assert.True(_tokens[0].IsCancellationRequested);
        Answer("page two");
        page.WaitForElement(".content");
        _answers[0].SetResult("page one");
        page.Render();
        Assert.Equal("page two", page.Find(".content").TextContent);
    }

    [Fact]
    public void The_same_address_is_read_once()
    {
        var page = Open();
        Answer("there");
        page.WaitForElement(".content");
        page.Render();
        Assert.Single(_answers);
    }

    [Fact]
    public async Task Leaving_stops_the_reading()
    {
        Open();
        await DisposeComponentsAsync();
        Assert.True(_tokens[0].IsCancellationRequested);
    }

    private IRenderedComponent<Page<string?>> Open() => Render<Page<string?>>(p => p
        .Add(x => x.Title, "Customers").Add(x => x.Load, LoadAsync).Add(x => x.IsEmpty, text => text == "")
        .Add(x => x.StillStands, "Yesterday's list stands.")
        .Add(x => x.Empty, _ => "No customers yet").Add(x => x.ChildContent, text => text ?? ""));

    private Task<string?> LoadAsync(CancellationToken stop)
    {
        _tokens.Add(stop);
        _answers.Add(new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _answers[^1].Task;
    }

    private void Answer(string? data) => _answers[^1].SetResult(data);

    private void Fail(Exception exception) => _answers[^1].SetException(exception);

    private void GoTo(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);
}
