using Bunit;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Providers;
using Optimove.Portal.Tests.Ui;

namespace Optimove.Portal.Tests.Channels.Checks;

public sealed class ChecklistTests : UiContext
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private string? _tried;
    private string? _confirmed;

    [Fact]
    public void Each_line_says_state_evidence_owner_and_time_and_what_is_blocked_stands_open()
    {
        var list = Show(mayEdit: true);
        var lines = list.FindAll("details");
        Assert.Contains("Works", lines[0].TextContent);
        Assert.Contains("Answered in 231 ms.", lines[0].TextContent);
        Assert.Contains("09:11", lines[0].TextContent);
        Assert.Null(lines[0].GetAttribute("open"));
        Assert.NotNull(lines[1].GetAttribute("open"));
        Assert.Contains("Post support must act.", lines[1].TextContent);
        Assert.Equal("Please allow us in.", lines[1].QuerySelector("pre")!.TextContent);
        Assert.Equal("Please allow us in.", lines[1].QuerySelector("[data-copy]")!.GetAttribute("data-copy"));
        Assert.Contains("Waits for a person's word", lines[2].TextContent);
    }

    [Fact]
    public void An_item_of_software_is_tried_and_an_item_of_a_person_is_confirmed()
    {
        var list = Show(mayEdit: true);
        list.FindAll("button").First(b => b.TextContent == "Try it now").Click();
        list.FindAll("button").Single(b => b.TextContent == "Confirm").Click();
        Assert.Equal(("key", "fresh"), (_tried, _confirmed));
    }

    [Fact]
    public void Who_may_only_look_has_the_requests_and_no_deeds()
    {
        var list = Show(mayEdit: false);
        Assert.DoesNotContain(list.FindAll("button"), b => b.TextContent is "Try it now" or "Confirm");
        Assert.Equal(3, list.FindAll("[data-copy]").Count);
    }

    [Fact]
    public void The_bar_counts_what_works_and_names_the_rest()
    {
        var bar = Render<ReadyBar>(p => p.Add(b => b.State, State));
        Assert.Equal("1 of 3 work", bar.Find("[role=progressbar]").GetAttribute("aria-label"));
        Assert.Contains("1 blocked, 1 waiting", bar.Markup);
        Assert.Equal(["width:33.33%", "width:33.33%"], bar.FindAll(".bar i").Select(i => i.GetAttribute("style")));
    }

    [Fact]
    public void What_is_blocked_says_since_when_and_what_happens_otherwise()
    {
        var open = Show(mayEdit: true).FindAll("details")[1].TextContent;
        Assert.Contains("Fri 12 June 2026, 15:20 Europe/Paris = 13:20 UTC, for 4 days", open);
        Assert.Contains("Until then nothing is launched through this connection.", open);
    }

    [Fact]
    public void A_text_that_needs_our_addresses_says_why_it_is_not_ready()
    {
        var state = State with { Lines = [State.Lines[1] with { LacksAddresses = true }] };
        var list = Render<Checklist>(p => p.Add(c => c.State, state).Add(c => c.Zone, Paris).Add(c => c.Now, Clock.GetUtcNow()));
        Assert.Contains("Request, not ready to send", list.Markup);
        Assert.Contains("Portal:OutgoingAddresses", list.Markup);
    }

    [Fact]
    public void A_person_s_word_is_shown_with_their_name_their_note_and_when()
    {
        var said = State.Lines[2] with { State = CheckState.Works, Sentence = "Confirmed by Ana Ruiz.", CheckedAt = new(2026, 6, 16, 7, 11, 0, TimeSpan.Zero), ConfirmedBy = "Ana Ruiz", Note = "Ben from IT, at 01:00" };
        var list = Render<Checklist>(p => p.Add(c => c.State, State with { Lines = [said] }).Add(c => c.Zone, Paris).Add(c => c.Now, Clock.GetUtcNow()));
        Assert.Equal(["Said", "Tue 16 June 2026, 09:11 Europe/Paris = 07:11 UTC", "Confirmed by", "Ana Ruiz", "Note", "Ben from IT, at 01:00"], list.FindAll(".kv > *").Select(e => e.TextContent.Trim()));
    }

    [Theory]
    [InlineData(true, CheckState.Works, true, false)]
    [InlineData(true, CheckState.Attention, false, false)]
    [InlineData(true, CheckState.Waiting, false, false)]
    [InlineData(true, CheckState.Blocked, false, true)]
    [InlineData(false, CheckState.Blocked, true, false)]
    public void A_connection_is_ready_when_every_required_item_is_green_and_blocked_by_a_red_one(bool required, CheckState state, bool ready, bool blocked)
    {
        ChecklistLine Line(string key, CheckState its, bool must) => new(new(key, key, CheckOwner.Marketer, "Please.", must), its, "So.", null, null, null);
        var checklist = new ChecklistState([Line("a", CheckState.Works, true), Line("b", state, required)], "Post");
        Assert.Equal((ready, blocked), (checklist.Ready, checklist.Blocking.Count > 0));
    }

    [Theory]
    [InlineData(CheckState.Blocked, false, "Not ready: 1 blocked")]
    [InlineData(CheckState.Attention, false, "Not ready: 1 to look at")]
    [InlineData(CheckState.Waiting, false, "Not ready: 1 waiting")]
    [InlineData(CheckState.Waiting, true, "Not ready: 1 to confirm")]
    [InlineData(CheckState.Works, false, "Ready")]
    public void The_badge_says_what_is_missing(CheckState state, bool byPerson, string words)
    {
        var line = new ChecklistLine(new("a", "a", CheckOwner.Marketer, "Please.", ByPerson: byPerson), state, "So.", null, null, null);
        Assert.Equal(words, Render<ReadyBadge>(p => p.Add(b => b.State, new ChecklistState([line], "Post"))).Find(".badge").TextContent.Trim());
    }

    private static ChecklistState State => new(
    [
        new(new("key", "The key works", CheckOwner.Marketer, "Please make a key."), CheckState.Works, "Answered in 231 ms.", new(2026, 6, 17, 7, 11, 0, TimeSpan.Zero), null, null),
        new(new("ip", "Our addresses are allowed", CheckOwner.ProviderSupport, "Please allow us in."), CheckState.Blocked, "One address is refused.", new(2026, 6, 16, 7, 11, 0, TimeSpan.Zero), null, null) { Since = new(2026, 6, 12, 13, 20, 0, TimeSpan.Zero) },
        new(new("fresh", "The list is fresh", CheckOwner.ClientIt, "Please keep it fresh.", ByPerson: true), CheckState.Waiting, null, null, null, null),
    ], "Post");

    private IRenderedComponent<Checklist> Show(bool mayEdit) => Render<Checklist>(p => p
        .Add(c => c.State, State).Add(c => c.Zone, Paris).Add(c => c.Now, Clock.GetUtcNow()).Add(c => c.MayEdit, mayEdit)
        .Add(c => c.OnTry, line => _tried = line.Item.Key).Add(c => c.OnConfirm, line => _confirmed = line.Item.Key));
}
