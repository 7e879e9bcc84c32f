using Bunit;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Campaigns.Reach;
using Optimove.Portal.Campaigns.Wizard;
using Optimove.Portal.Channels.Templates;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Ui;

namespace Optimove.Portal.Tests.Campaigns.Wizard;

public sealed class StepTests : UiContext
{
    private readonly List<CampaignChange> _saved = [];

    private static readonly ProviderInfo MailChimp = new()
    {
        Key = "mailchimp", Name = "MailChimp", Channel = Channel.Email, Identity = RecipientIdentity.EmailAddress, SettingsType = typeof(object), ChunkSize = 500,
        SendGridMinutes = 15, TemplatesNeedSubject = true, Metrics = new HashSet<MetricKind>(), Checklist = [],
    };

    private static readonly TemplateChoice Summer = new(1, "Summer", "Summer is here", null, null, null, 2, null);
    private static readonly TemplateChoice Winter = new(2, "Winter", null, null, null, null, 0, "It has no subject line. Add one under Manage Templates.");

    private StepContext At(Action<Campaign>? arrange = null, Dictionary<CampaignField, string>? problems = null)
    {
        var campaign = new Campaign { Id = 42, Name = "June", CreatedBy = "Ana", ConnectionId = 5 };
        arrange?.Invoke(campaign);
        return new()
        {
            Draft = new()
            {
                Campaign = campaign, NightlyAt = new(2, 0), Groups = [new(3, "VIP", 52_310, "Value tier is VIP.")],
                Connections = [new(5, "News", MailChimp, null)], Templates = [Summer, Winter],
            },
            SaveAsync = change =>
            {
                _saved.Add(change);
                return Task.CompletedTask;
            },
            Problems = problems ?? [], Tenant = new(1, "shop", "Shop", "Europe/Paris", "EUR"), Now = Clock.GetUtcNow(),
        };
    }

    private static Task<AudienceFacts> Facts(int group, CancellationToken cancellation) => Task.FromResult(new AudienceFacts(
        new(52_310, 1_204, 0, 3_877, 311, 46_918, new(2026, 6, 17), TimeSpan.FromMilliseconds(88)), new(52_310, 0.064, 4.6, 30), null));

    [Fact]
    public void Who_shows_the_way_from_the_group_to_those_who_can_be_reached()
    {
        var step = Render<WhoStep>(p => p.Add(s => s.At, At(c => c.TargetGroupId = 3)).Add(s => s.Facts, Facts));
        Assert.Equal(["52,310", "−1,204", "−3,877", "−311"], step.FindAll(".reach-line").Count == 1 ? step.FindAll("dl.tiles")[0].QuerySelectorAll("dd.figure").Select(d => d.TextContent) : []);
        Assert.Contains("46,918 people can be reached", step.Find(".reach-line").TextContent);
        Assert.Contains("counted in 88\u00A0ms on the data of 17 June", step.Find(".reach-line").TextContent);
    }

    [Fact]
    public void Where_templates_belong_to_apps_the_app_is_picked_first_and_only_its_messages_are_listed()
    {
        var push = MailChimp with { Key = "push", Name = "Push", ScopeNoun = "app" };
        TemplateChoice Of(int id, string name, string app) => new(id, name, null, null, null, null, 0, null, new(app, "App " + app), "iOS");
        var at = At() with { Draft = At().Draft with { Connections = [new(5, "Push", push, null)], Templates = [Of(1, "Summer", "one"), Of(2, "Winter", "two")] } };
        var step = Render<MessageStep>(p => p.Add(s => s.At, at).Add(s => s.Content, (_, _) => Task.FromResult<TemplatePage?>(null)));

        Assert.Empty(step.FindAll(".templates label"));
        step.Find("#scope").Change("two");

        Assert.Equal(["Winter"], step.FindAll(".templates label b").Select(b => b.TextContent));
        Assert.Contains("iOS", step.Find(".templates label").TextContent);
    }

    [Fact]
    public void A_list_above_the_providers_pace_is_warned_about_with_the_time_of_the_last_one_and_a_split()
    {
        var begin = new DateTimeOffset(2026, 6, 18, 8, 0, 0, TimeSpan.Zero);
        var late = new SendForecast(new(250_000, TimeSpan.FromMinutes(30)), 600_000, begin, TimeSpan.FromMinutes(30));
        var notice = Render<Optimove.Portal.Campaigns.Preflight.PaceNotice>(p => p.Add(n => n.Forecast, late).Add(n => n.Provider, "MobilePush").Add(n => n.Zone, TimeZoneInfo.Utc));

        Assert.Contains("The last of about 600,000 people gets it at 08:42", notice.Markup);
        Assert.Contains("split the group into 3 campaigns: 200,000 at 08:00; 200,000 at 08:30; 200,000 at 09:00", notice.Markup);
        Assert.Empty(Render<Optimove.Portal.Campaigns.Preflight.PaceNotice>(p => p.Add(n => n.Forecast, late with { Recipients = 250_000 }).Add(n => n.Provider, "MobilePush").Add(n => n.Zone, TimeZoneInfo.Utc)).Markup.Trim());
    }

    [Fact]
    public void The_control_moves_live_and_is_saved_when_it_is_let_go()
    {
        var step = Render<WhoStep>(p => p.Add(s => s.At, At(c => c.TargetGroupId = 3)).Add(s => s.Facts, Facts));
        var before = Chance(step);
        step.Find("input[type=range]").Input("3");
        Assert.NotEqual(before, Chance(step));
        Assert.Empty(_saved);
        step.Find("input[type=range]").Change("3");
        Assert.Equal(0.03m, Assert.Single(_saved).ControlShare);
        Assert.Contains("A lift of 20\u00A0% is assumed", step.Markup);
    }

    [Fact]
    public void A_group_and_a_name_are_saved_as_they_are_chosen()
    {
        var step = Render<WhoStep>(p => p.Add(s => s.At, At()).Add(s => s.Facts, Facts));
        step.Find("#target-group").Change("3");
        step.Find("#campaign-name").Change("July");
        Assert.Equal([3, null], _saved.Select(c => c.TargetGroupId));
        Assert.Equal("July", _saved[1].Name);
    }

    [Fact]
    public void A_template_without_a_subject_is_seen_but_cannot_be_chosen_and_says_why()
    {
        var step = Render<MessageStep>(p => p.Add(s => s.At, At()).Add(s => s.Content, (_, _) => Task.FromResult<TemplatePage?>(new("Summer", null, null, "<p>Hello</p>"))));
        var choices = step.FindAll(".templates label");
        Assert.False(choices[0].QuerySelector("input")!.HasAttribute("disabled"));
        Assert.True(choices[1].QuerySelector("input")!.HasAttribute("disabled"));
        Assert.Contains("It has no subject line.", choices[1].TextContent);
        Assert.Equal("/shop/channels/5/templates", choices[1].QuerySelector("a")!.GetAttribute("href"));
        choices[0].QuerySelector("input")!.Change(true);
        Assert.Equal(1, Assert.Single(_saved).TemplateId);
    }

    [Fact]
    public void An_e_mail_is_previewed_in_a_frame_that_may_run_nothing()
    {
        var step = Render<MessageStep>(p => p.Add(s => s.At, At(c => c.TemplateId = 1)).Add(s => s.Content, (_, _) => Task.FromResult<TemplatePage?>(new("Summer", null, null, "<p>Hello</p><script>x</script>"))));
        var frame = step.Find("iframe");
        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.Equal("<p>Hello</p><script>x</script>", frame.GetAttribute("srcdoc"));
        Assert.Contains("Summer is here", step.Find("dl.kv").TextContent);
    }

    [Fact]
    public void When_says_the_time_here_and_in_UTC_and_until_when_it_may_be_edited()
    {
        var step = Render<WhenStep>(p => p.Add(s => s.At, At(c => (c.SendDate, c.SendTime) = (new(2026, 6, 18), new(10, 0)))));
        Assert.Equal("Thu 18 June 2026, 10:00 Europe/Paris = 08:00 UTC", step.Find(".verdict").TextContent);
        Assert.Contains("Editable until Thu 18 June 2026, 02:00 Europe/Paris = 00:00 UTC", step.Markup);
    }

    [Fact]
    public void A_time_that_was_refused_stays_in_the_field_with_the_remedy()
    {
        var step = Render<WhenStep>(p => p.Add(s => s.At, At()));
        step.Find("#send-time").Change("10:10");
        Assert.Equal(new TimeOnly(10, 10), Assert.Single(_saved).SendTime);
        step.Render(p => p.Add(s => s.At, At(problems: new() { [CampaignField.SendTime] = "MailChimp sends on the quarter hour only. Take 10:00 or 10:15." })));
        Assert.Equal("10:10", step.Find("#send-time").GetAttribute("value"));
        Assert.Contains("Take 10:00 or 10:15.", step.Find(".err").TextContent);
    }

    [Fact]
    public void The_summary_counts_what_is_filled_in()
    {
        var draft = At(c => (c.TargetGroupId, c.SendDate, c.SendTime) = (3, new(2026, 6, 18), new(10, 0))).Draft;
        var summary = Render<CampaignSummary>(p => p.Add(s => s.Draft, draft).Add(s => s.Tenant, new(1, "shop", "Shop", "Europe/Paris", "EUR")).Add(s => s.Now, Clock.GetUtcNow()));
        Assert.Contains("3 of 4 filled in", summary.Markup);
        Assert.Contains("not chosen yet", summary.Markup);
    }

    private static string Chance(IRenderedComponent<WhoStep> step) => step.FindAll("dl.tiles")[1].QuerySelector("dd.figure")!.TextContent;
}
