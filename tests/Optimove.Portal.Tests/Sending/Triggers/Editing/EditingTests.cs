using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Sending.Triggers.Events;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tests.PartnerApi;

namespace Optimove.Portal.Tests.Sending.Triggers.Editing;

public sealed class EditingTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private static readonly EventDefinition Visit = new() { Id = 1, Name = "page_visit", CreatedBy = "x", Parameters = EventDefinition.Write([new("Page", AttributeType.Text), new("seconds", AttributeType.Integer)]) };
    private static readonly EventDefinition Buy = new() { Id = 2, Name = "purchase", CreatedBy = "x", Parameters = "[]" };

    private async Task<string?> RefusalAsync(Func<IServiceProvider, Task> deed)
    {
        try
        {
            await house.InAsync(house.Acme, deed);
            return null;
        }
        catch (RefusedException e)
        {
            return e.Message;
        }
    }

    [Fact]
    public void A_trigger_is_said_in_one_sentence()
    {
        var shoes = new EventCondition(1, new All([new AttributeRule("page", Operator.Is, ["/shoes"]), new AttributeRule("seconds", Operator.AtLeast, [10])]));
        EventDefinition[] events = [Visit, Buy];
        Assert.Equal("A customer has page_visit where page is /shoes, seconds is at least 10 3 times within 1 hour and then does not have purchase within 2 days.",
            TriggerWords.Say(new([shoes], 3, 60, new(false, new(2, new All([])), 2880)), events));
        Assert.Equal("A customer has page_visit or purchase twice.", TriggerWords.Say(new([new(1, new All([])), new(2, new All([]))], 2, null, null), events));
        Assert.Equal("A customer has an event that is not chosen yet and then has an event that is not chosen yet within 90 minutes.", TriggerWords.Say(new([], 1, 60, new(true, new(9, new All([])), 90)), events));
    }

    [Fact]
    public void A_trigger_comes_back_from_json_as_it_was()
    {
        var rule = new TriggerRule([new(1, new All([new AttributeRule("page", Operator.IsAnyOf, ["/a", "/b"])])), new(2, new All([]))], 3, 60, new(false, new(2, new All([])), 30));
        Assert.Equal(rule, TriggerRule.Read(rule.Write()));
        Assert.Equal(TriggerRule.Empty, TriggerRule.Read(TriggerRule.Empty.Write()));
    }

    [Fact]
    public async Task A_campaign_goes_live_only_when_nothing_is_missing_and_is_changed_only_while_it_is_not()
    {
        await house.ListenAsync(house.Acme);
        var visit = await house.DefineAsync(house.Acme, "editing_visit");
        var group = await house.GroupAsync(house.Acme, new All([]));
        var action = await house.ActionAsync(house.Acme, 1700000000000123);
        SavedTrigger? saved = null;
        var draft = new TriggerDraft { Name = "Half" };
        async Task SaveAsync(IServiceProvider s) => saved = await s.GetRequiredService<SaveTriggeredCampaign>().RunAsync(saved?.Id, saved?.Version ?? 0, draft);
        Task<string?> StartAsync() => RefusalAsync(s => s.GetRequiredService<StartTriggeredCampaign>().RunAsync(saved!.Id));
        Assert.Null(await RefusalAsync(SaveAsync));
        foreach (var (sentence, next) in new (string, Func<TriggerDraft, TriggerDraft>)[]
        {
            ("Choose the event that a customer is to have.", d => d with { Rule = new([new(visit, new All([new AttributeRule("page", Operator.Is, [])]))], 1, null, null) }),
            ("editing_visit: Choose a value for Page.", d => d with { Rule = new([new(visit, new All([]))], 1, null, null) }),
            ("Choose the target group.", d => d with { TargetGroupId = group }),
            ("Choose the channel.", d => d with { ChannelId = 250 }),
            ("Choose the template.", d => d with { ActionId = action }),
        })
        {
            Assert.Equal(sentence, await StartAsync());
            draft = next(draft);
            Assert.Null(await RefusalAsync(SaveAsync));
        }
        Assert.Null(await StartAsync());
        Assert.Equal("The campaign is live. Pause it to change it.", await RefusalAsync(SaveAsync));
        Assert.Null(await RefusalAsync(s => s.GetRequiredService<PauseTriggeredCampaign>().RunAsync(saved!.Id)));
        Assert.Contains("changed this campaign after you opened it", await RefusalAsync(SaveAsync));
        Assert.Null(await RefusalAsync(s => s.GetRequiredService<EndTriggeredCampaign>().RunAsync(saved!.Id)));
        Assert.Equal("An ended campaign does not start again.", await StartAsync());
        Assert.Equal("triggered-campaign.ended, triggered-campaign.paused, triggered-campaign.started", await house.App.Database.AskAsync<string>(
            $"select string_agg(distinct action, ', ' order by action) from audit_entries where subject = 'Triggered campaign \"Half\" ({saved!.Id})' and action not like '%made' and action not like '%changed'"));
    }

    [Fact]
    public async Task Channel_and_control_of_a_campaign_that_has_been_live_stay_and_the_rest_may_change()
    {
        await house.ListenAsync(house.Acme);
        var live = await house.LiveAsync(house.Acme, new([new(await house.DefineAsync(house.Acme, "steady_visit"), new All([]))], 1, null, null));
        await house.InAsync(house.Acme, s => s.GetRequiredService<PauseTriggeredCampaign>().RunAsync(live.Id));
        TriggeredCampaign? paused = null;
        await house.InAsync(house.Acme, async s => paused = await s.GetRequiredService<TriggeredCampaignQueries>().FindAsync(live.Id, default));
        var draft = TriggerDraft.Of(paused!);
        Task<string?> SaveAsync(TriggerDraft changed) => RefusalAsync(s => s.GetRequiredService<SaveTriggeredCampaign>().RunAsync(live.Id, paused!.Version, changed));
        Assert.StartsWith("The channel stays what it was", await SaveAsync(draft with { ChannelId = 505, ActionId = null }));
        Assert.StartsWith("The control stays what it was", await SaveAsync(draft with { ControlShare = 0.2m }));
        Assert.Null(await SaveAsync(draft with { Name = "Renamed", EntryDays = 3 }));
    }

    [Theory]
    [InlineData(0, 10, 10, "1 to 100 times")]
    [InlineData(101, 10, 10, "1 to 100 times")]
    [InlineData(2, 0, 10, "between a minute and 30 days")]
    [InlineData(2, 50_000, 10, "between a minute and 30 days")]
    [InlineData(2, 10, 51, "0 to 50 %")]
    public async Task What_is_out_of_bounds_is_not_even_saved(int times, int within, int control, string sentence)
    {
        var draft = new TriggerDraft { Name = "Bounds", Rule = new([], times, within, null), ControlShare = control / 100m };
        Assert.Contains(sentence, await RefusalAsync(s => s.GetRequiredService<SaveTriggeredCampaign>().RunAsync(null, 0, draft)));
    }

    [Fact]
    public async Task An_event_that_a_campaign_waits_for_keeps_the_parameters_that_it_asks_for_and_is_not_retired()
    {
        await house.ListenAsync(house.Acme);
        var visit = await house.DefineAsync(house.Acme, "kept_visit");
        var campaign = await house.LiveAsync(house.Acme, new([new(visit, new All([new AttributeRule("seconds", Operator.AtLeast, [10])]))], 1, null, null));
        Task<string?> ChangeAsync(params ParameterDraft[] parameters) => RefusalAsync(s => s.GetRequiredService<SaveEventDefinition>().RunAsync(visit, new() { Name = "kept_visit", Parameters = [.. parameters] }));
        Assert.Contains($"The campaign {campaign.Name} asks for it", await ChangeAsync(new ParameterDraft { Name = "page" }));
        Assert.Contains("asks for it", await ChangeAsync(new ParameterDraft { Name = "seconds", Type = AttributeType.Text }));
        Assert.Null(await ChangeAsync(new ParameterDraft { Name = "Seconds", Type = AttributeType.Decimal }, new ParameterDraft { Name = "colour" }));
        Assert.Contains("waits for kept_visit", await RefusalAsync(s => s.GetRequiredService<RetireEventDefinition>().RunAsync(visit)));
        await house.InAsync(house.Acme, s => s.GetRequiredService<EndTriggeredCampaign>().RunAsync(campaign.Id));
        Assert.Null(await RefusalAsync(s => s.GetRequiredService<RetireEventDefinition>().RunAsync(visit)));
    }

    [Theory]
    [InlineData("page visit", "page", "An event's name")]
    [InlineData("ok_name", "1st", "no name of a parameter")]
    [InlineData("ok_name", "customer id", "no name of a parameter")]
    [InlineData("", "page", "An event's name")]
    public async Task Names_that_programs_cannot_write_are_refused(string name, string parameter, string sentence) =>
        Assert.Contains(sentence, await RefusalAsync(s => s.GetRequiredService<SaveEventDefinition>().RunAsync(null, new() { Name = name, Parameters = [new() { Name = parameter }] })));
}
