using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Campaigns.Launch;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Tests.Campaigns.Scheduling;

public sealed class ScheduleCampaignTests : IClassFixture<CampaignsHouse>
{
    private readonly CampaignsHouse _house;

    public ScheduleCampaignTests(CampaignsHouse house)
    {
        _house = house;
        house.Reset();
    }

    [Fact]
    public async Task A_launch_makes_the_occurrence_with_its_time_its_lock_and_its_name_for_ever()
    {
        var id = await _house.DraftAsync();
        await _house.ScheduleAsync(id);
        var o = (await _house.OccurrenceAsync(id))!;
        Assert.Equal((OccurrenceState.Scheduled, new DateOnly(2026, 6, 18), "Europe/Paris", $"opt-{_house.Tenant.Id}-{id}-20260618"), (o.State, o.Date, o.Zone, o.DispatchId));
        Assert.Equal((At("2026-06-18 08:00"), At("2026-06-18 00:00")), (o.SendAt, o.LocksAt));
        Assert.Equal((CampaignState.Scheduled, "Ana Ruiz"), await _house.CampaignAsync(id) is var c ? (c.State, c.ScheduledBy) : default);
    }

    [Fact]
    public async Task An_incomplete_draft_is_refused_with_everything_that_is_missing()
    {
        var id = await _house.DoAsync<CreateDraft, int>(c => c.RunAsync());
        var refused = await Assert.ThrowsAsync<RefusedException>(() => _house.ScheduleAsync(id));
        Assert.Equal("No target group is chosen. Choose one under Who. No template is chosen. Choose one under Message. No date is chosen. Choose one under When.", refused.Message);
        Assert.Null(await _house.OccurrenceAsync(id));
    }

    [Fact]
    public async Task Forty_five_minutes_ahead_is_enough_and_a_minute_less_is_not()
    {
        var id = await _house.DraftAsync(new(2026, 6, 16), new(10, 45));
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => _house.ScheduleAsync(id));
        Assert.Contains("The send time is too near. A list and its hand-over need 45 minutes: take 10:46 or later.", refused.Message);
        _house.Reset();
        Assert.Equal(At("2026-06-16 08:05"), (await _house.ScheduleAsync(id)).LocksAt);
    }

    [Fact]
    public async Task A_template_that_went_and_a_connection_that_is_blocked_stop_the_launch()
    {
        var id = await _house.DraftAsync();
        await _house.ChangeAsync(async db =>
        {
            db.ConnectionChecks.Add(new() { ConnectionId = _house.Connection, Item = "key", State = CheckState.Blocked, Sentence = "MailChimp refuses the key.", CheckedAt = _house.Clock.GetUtcNow() });
            (await db.Templates.SingleAsync(t => t.Id == _house.Good)).GoneAt = _house.Clock.GetUtcNow();
        });
        var refused = await Assert.ThrowsAsync<RefusedException>(() => _house.ScheduleAsync(id));
        await _house.ChangeAsync(async db =>
        {
            db.ConnectionChecks.RemoveRange(db.ConnectionChecks);
            (await db.Templates.SingleAsync(t => t.Id == _house.Good)).GoneAt = null;
        });
        Assert.Equal("The connection \"News\" is blocked at \"The API key works\". MailChimp refuses the key. Marketer must act; until then nothing is launched through it. The template \"Summer\" cannot be sent. The provider no longer has it. Choose another template, or make it there again.", refused.Message);
    }

    [Fact]
    public async Task Every_red_item_is_named_with_who_must_act_and_where_it_is_mended()
    {
        var id = await _house.DraftAsync();
        var checks = await WithAnswersAsync(id, [("list", CheckState.Blocked, "There is no list."), ("share", CheckState.Blocked, "0 of 200 are in the list."), ("key", CheckState.Works, "It answers.")]);
        Assert.Equal(
            [("The connection \"News\" is blocked at \"The list exists\"", "Marketer", _house.Connection), ("The connection \"News\" is blocked at \"Your customers' e-mail addresses are in the list\"", "Client IT", _house.Connection)],
            checks.Where(c => c.Result == LaunchResult.Stops).Select(c => (c.Sentence, c.Owner, c.ConnectionId)));
    }

    [Fact]
    public async Task What_is_amber_waiting_or_unknown_to_the_provider_s_checklist_does_not_stop_a_launch()
    {
        var id = await _house.DraftAsync();
        var checks = await WithAnswersAsync(id, [("key", CheckState.Attention, "It did not answer."), ("of-an-earlier-version", CheckState.Blocked, "Red, and asked no more.")]);
        Assert.DoesNotContain(checks, c => c.Result == LaunchResult.Stops);
        Assert.Contains(checks, c => c is { Result: LaunchResult.LookAtIt, Sentence: "The connection \"News\" is not ready: The API key works", Owner: "Marketer" });
    }

    private async Task<IReadOnlyList<LaunchCheck>> WithAnswersAsync(int campaign, (string Item, CheckState State, string Sentence)[] answers)
    {
        await _house.ChangeAsync(db =>
        {
            db.ConnectionChecks.AddRange(answers.Select(a => new Portal.Channels.ConnectionCheck { ConnectionId = _house.Connection, Item = a.Item, State = a.State, Sentence = a.Sentence, CheckedAt = _house.Clock.GetUtcNow() }));
            return Task.CompletedTask;
        });
        try
        {
            return await _house.InAsync(async s =>
            {
                await using var db = await s.GetRequiredService<IDbContextFactory<Portal.Data.PortalDb>>().CreateDbContextAsync();
                return await s.GetRequiredService<CheckLaunch>().RunAsync(db, await db.Campaigns.SingleAsync(c => c.Id == campaign));
            });
        }
        finally
        {
            await _house.ChangeAsync(db =>
            {
                db.ConnectionChecks.RemoveRange(db.ConnectionChecks);
                return Task.CompletedTask;
            });
        }
    }

    [Fact]
    public async Task It_is_launched_once()
    {
        var id = await _house.DraftAsync();
        await _house.ScheduleAsync(id);
        await Assert.ThrowsAsync<RefusedException>(() => _house.ScheduleAsync(id));
    }

    [Fact]
    public async Task A_launch_is_taken_back_until_the_lock_as_if_it_had_never_been()
    {
        var id = await _house.DraftAsync();
        await _house.ScheduleAsync(id);
        await _house.DoAsync<UnscheduleCampaign>(u => u.RunAsync(id));
        Assert.Null(await _house.OccurrenceAsync(id));
        Assert.Equal(CampaignState.Draft, (await _house.CampaignAsync(id)).State);
        await _house.ScheduleAsync(id);
        _house.Clock.MoveTo(At("2026-06-18 00:00"));
        await Assert.ThrowsAsync<RefusedException>(() => _house.DoAsync<UnscheduleCampaign>(u => u.RunAsync(id)));
        Assert.NotNull(await _house.OccurrenceAsync(id));
    }

    [Fact]
    public async Task Another_time_moves_the_occurrence_and_its_lock()
    {
        var id = await _house.DraftAsync();
        await _house.ScheduleAsync(id);
        await EditAsync(id, new() { SendDate = new(2026, 6, 20), SendTime = new(18, 30), ControlShare = 0.2m });
        var o = (await _house.OccurrenceAsync(id))!;
        Assert.Equal((At("2026-06-20 16:30"), At("2026-06-20 00:00"), new DateOnly(2026, 6, 20), 0.2m, $"opt-{_house.Tenant.Id}-{id}-20260620"), (o.SendAt, o.LocksAt, o.Date, o.ControlShare, o.DispatchId));
    }

    [Fact]
    public async Task A_change_that_would_stop_the_launch_leaves_everything_as_it_was()
    {
        var id = await _house.DraftAsync();
        await _house.ScheduleAsync(id);
        await Assert.ThrowsAsync<RefusedException>(() => EditAsync(id, new() { Name = "Sooner", SendDate = new(2026, 6, 16), SendTime = new(10, 30) }));
        Assert.Equal(($"June {id}", new DateOnly(2026, 6, 18)), await _house.CampaignAsync(id) is var c ? (c.Name, c.SendDate) : default);
        Assert.Equal(At("2026-06-18 08:00"), (await _house.OccurrenceAsync(id))!.SendAt);
    }

    [Fact]
    public async Task Nothing_is_edited_after_the_lock_unless_a_check_holds_it()
    {
        var id = await _house.DraftAsync();
        await _house.ScheduleAsync(id);
        _house.Clock.MoveTo(At("2026-06-18 00:00"));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => EditAsync(id, new() { MeasurementDays = 7 }));
        Assert.StartsWith("It is locked", refused.Message);
        await _house.ChangeAsync(async db => (await db.Occurrences.SingleAsync(o => o.CampaignId == id)).State = OccurrenceState.Held);
        await EditAsync(id, new() { MeasurementDays = 7 });
        var o = (await _house.OccurrenceAsync(id))!;
        Assert.Equal((OccurrenceState.Scheduled, 7, At("2026-06-18 08:00")), (o.State, o.MeasurementDays, o.SendAt));
    }

    [Fact]
    public async Task Before_the_lock_a_cancellation_is_done_at_once()
    {
        var id = await _house.OccurrenceInAsync(_ => { });
        await _house.DoAsync<CancelCampaign>(c => c.RunAsync(id, "wrong voucher"));
        var o = (await _house.OccurrenceAsync(id))!;
        Assert.Equal((OccurrenceState.Cancelled, "Ana Ruiz", CampaignState.Cancelled), (o.State, o.CancelledBy, (await _house.CampaignAsync(id)).State));
        Assert.Contains("wrong voucher", await _house.ReadAsync(db => db.AuditEntries.Where(a => a.Action == "campaign.cancelled").OrderByDescending(a => a.Id).Select(a => a.After).FirstAsync()));
    }

    [Theory]
    [InlineData(OccurrenceState.Locked)]
    [InlineData(OccurrenceState.Pushing)]
    [InlineData(OccurrenceState.HandedOver)]
    [InlineData(OccurrenceState.Incomplete)]
    public async Task After_the_lock_the_wish_is_recorded_for_the_work_that_runs(OccurrenceState state)
    {
        var id = await _house.OccurrenceInAsync(o => (o.State, o.RetryAt) = (state, _house.Clock.GetUtcNow().AddHours(1)));
        await _house.DoAsync<CancelCampaign>(c => c.RunAsync(id, null));
        var o = (await _house.OccurrenceAsync(id))!;
        Assert.Equal((state, _house.Clock.GetUtcNow(), "Ana Ruiz", null), (o.State, o.CancelledAt, o.CancelledBy, o.RetryAt));
    }

    [Theory]
    [InlineData(OccurrenceState.Measuring)]
    [InlineData(OccurrenceState.Closed)]
    public async Task What_went_out_cannot_be_cancelled(OccurrenceState state)
    {
        var id = await _house.OccurrenceInAsync(o => o.State = state);
        await Assert.ThrowsAsync<RefusedException>(() => _house.DoAsync<CancelCampaign>(c => c.RunAsync(id, null)));
    }

    private async Task<SavedChange> EditAsync(int id, CampaignChange change)
    {
        var version = (await _house.CampaignAsync(id)).Version;
        return await _house.DoAsync<EditScheduled, SavedChange>(e => e.RunAsync(id, version, change));
    }

    private static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc + "Z", System.Globalization.CultureInfo.InvariantCulture);
}
