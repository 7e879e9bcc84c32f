using Optimove.Portal.Campaigns.Drafts;

namespace Optimove.Portal.Tests.Campaigns.Drafts;

public sealed class SaveDraftTests(CampaignsHouse house) : IClassFixture<CampaignsHouse>
{
    private Task<int> NewAsync() => house.DoAsync<CreateDraft, int>(c => c.RunAsync());

    [Fact]
    public async Task A_new_draft_holds_a_tenth_back_and_goes_through_the_only_connection()
    {
        var draft = await house.CampaignAsync(await NewAsync());
        Assert.Equal((0.10m, 30, house.Connection, "Campaign of 16 June", "Ana Ruiz"), (draft.ControlShare, draft.MeasurementDays, draft.ConnectionId, draft.Name, draft.CreatedBy));
    }

    [Fact]
    public async Task A_field_that_is_wrong_keeps_its_value_and_the_others_are_saved()
    {
        var id = await NewAsync();
        var saved = await house.SaveAsync(id, new() { Name = "  ", ControlShare = 0.3m, MeasurementDays = 400, SendDate = new(2026, 6, 15), TargetGroupId = house.Everybody });
        Assert.Equal(
            ["A campaign needs a name. Your colleagues find it by that.", "The control is between 0 and 25 %.", "Measure for 1 to 365 days.", "This day is over. Take today or a later day."],
            saved.Problems.Select(p => p.Sentence));
        var draft = await house.CampaignAsync(id);
        Assert.Equal(("Campaign of 16 June", 0.10m, 30, (DateOnly?)null, house.Everybody), (draft.Name, draft.ControlShare, draft.MeasurementDays, draft.SendDate, draft.TargetGroupId));
    }

    [Fact]
    public async Task A_time_off_the_quarter_hour_is_not_saved()
    {
        var id = await NewAsync();
        var saved = await house.SaveAsync(id, new() { SendDate = new(2026, 6, 18), SendTime = new(10, 10) });
        Assert.Equal("MailChimp sends on the quarter hour only. Take 10:00 or 10:15.", Assert.Single(saved.Problems).Sentence);
        var draft = await house.CampaignAsync(id);
        Assert.Equal((new DateOnly(2026, 6, 18), null), (draft.SendDate, draft.SendTime));
    }

    [Fact]
    public async Task Only_templates_with_a_subject_line_can_be_chosen()
    {
        var id = await NewAsync();
        var refused = await house.SaveAsync(id, new() { TemplateId = house.NoSubject });
        Assert.Equal("\"Winter\" cannot be chosen. It has no subject line yet. Give it one under Manage Templates.", Assert.Single(refused.Problems).Sentence);
        Assert.Null((await house.CampaignAsync(id)).TemplateId);
        Assert.Empty((await house.SaveAsync(id, new() { TemplateId = house.Good })).Problems);
        var offered = (await house.DoAsync<DraftQueries, CampaignDraft?>(q => q.GetAsync(id)))!.Templates;
        Assert.Equal([("Summer", true), ("Gala", false), ("Winter", false)], offered.Select(t => (t.Name, t.WhyNot is null)));
    }

    [Fact]
    public async Task A_template_that_cannot_be_sent_or_is_gone_says_why()
    {
        var id = await NewAsync();
        Assert.Equal("\"Gala\" cannot be chosen. Templates of the new builder cannot be sent by API.", Assert.Single((await house.SaveAsync(id, new() { TemplateId = house.Unusable })).Problems).Sentence);
        Assert.Equal("\"Old\" cannot be chosen. The provider no longer has it. Choose another template, or make it there again.", Assert.Single((await house.SaveAsync(id, new() { TemplateId = house.Gone })).Problems).Sentence);
    }

    [Fact]
    public async Task A_save_over_somebody_elses_change_is_refused_and_names_them()
    {
        var id = await NewAsync();
        var seen = (await house.CampaignAsync(id)).Version;
        await house.InAsync("Marc Oger", true, s => ((SaveDraft)s.GetService(typeof(SaveDraft))!).RunAsync(id, seen, new() { Name = "Marc's" }));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => house.DoAsync<SaveDraft, SavedChange>(s => s.RunAsync(id, seen, new() { Name = "Mine" })));
        Assert.StartsWith("Marc Oger changed this campaign while you edited.", refused.Message);
        Assert.Equal("Marc's", (await house.CampaignAsync(id)).Name);
    }

    [Fact]
    public async Task Each_save_is_on_top_of_the_last()
    {
        var id = await NewAsync();
        var first = await house.SaveAsync(id, new() { Name = "One" });
        var second = await house.DoAsync<SaveDraft, SavedChange>(s => s.RunAsync(id, first.Version, new() { MeasurementDays = 14 }));
        Assert.NotEqual(first.Version, second.Version);
        Assert.Equal(("One", 14), await house.CampaignAsync(id) is var c ? (c.Name, c.MeasurementDays) : default);
    }

    [Fact]
    public async Task Who_may_only_look_saves_nothing()
    {
        var id = await NewAsync();
        await Assert.ThrowsAsync<RefusedException>(() => house.InAsync("Rosa", false, s => ((SaveDraft)s.GetService(typeof(SaveDraft))!).RunAsync(id, 0, new() { Name = "Mine" })));
    }

    [Fact]
    public async Task A_copy_has_everything_but_the_date()
    {
        var from = await house.DraftAsync();
        var copy = await house.CampaignAsync(await house.DoAsync<DuplicateCampaign, int>(d => d.RunAsync(from)));
        Assert.Equal(($"June {from}, copy", house.Everybody, house.Good, null, new TimeOnly(10, 0), from), (copy.Name, copy.TargetGroupId, copy.TemplateId, copy.SendDate, copy.SendTime, copy.CopiedFromId));
    }
}
