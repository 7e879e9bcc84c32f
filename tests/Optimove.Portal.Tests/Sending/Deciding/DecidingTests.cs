using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Sending;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Deciding;
using Optimove.Portal.Tests.Campaigns;

namespace Optimove.Portal.Tests.Sending.Deciding;

public sealed class DecidingTests : IClassFixture<CampaignsHouse>
{
    private readonly CampaignsHouse _house;

    public DecidingTests(CampaignsHouse house)
    {
        _house = house;
        house.Reset();
    }

    private async Task<Occurrence> InAsync(OccurrenceState state, Action<Occurrence>? arrange = null)
    {
        var campaign = await _house.OccurrenceInAsync(o =>
        {
            (o.State, o.ListedAt, o.Considered, o.Excluded, o.Control) = (state, _house.Clock.GetUtcNow(), 100, 10, 9);
            arrange?.Invoke(o);
        });
        return (await _house.OccurrenceAsync(campaign))!;
    }

    private async Task<Occurrence> AfterAsync(Occurrence o) => (await _house.OccurrenceAsync(o.CampaignId))!;

    [Fact]
    public async Task The_rest_is_finished_only_while_somebody_is_left()
    {
        var left = await InAsync(OccurrenceState.Incomplete, o => (o.Accepted, o.Unknown) = (50, 0));
        await _house.DoAsync<FinishRest>(f => f.RunAsync(left.Id));
        Assert.Equal(OccurrenceState.Pushing, (await AfterAsync(left)).State);
        var asked = await InAsync(OccurrenceState.Incomplete, o => (o.Accepted, o.Unknown) = (50, 31));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => _house.DoAsync<FinishRest>(f => f.RunAsync(asked.Id)));
        Assert.StartsWith("Everybody was handed over", refused.Message);
    }

    [Fact]
    public async Task Asking_now_makes_it_due_and_sends_nothing()
    {
        var o = await InAsync(OccurrenceState.Incomplete, x => x.RetryAt = _house.Clock.GetUtcNow().AddMinutes(15));
        await _house.DoAsync<AskNow>(a => a.RunAsync(o.Id));
        Assert.Equal((OccurrenceState.Incomplete, _house.Clock.GetUtcNow()), await AfterAsync(o) is var after ? (after.State, after.RetryAt) : default);

        var unaskable = await InAsync(OccurrenceState.Incomplete, x => x.RetryAt = null);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => _house.DoAsync<AskNow>(a => a.RunAsync(unaskable.Id)));
        Assert.StartsWith("This provider cannot be asked.", refused.Message);
        Assert.Null((await AfterAsync(unaskable)).RetryAt);
    }

    [Theory]
    [InlineData(true, StepState.Accepted, 81)]
    [InlineData(false, StepState.Planned, 50)]
    public async Task A_person_settles_calls_without_an_answer_and_the_work_goes_on(bool sent, StepState state, int accepted)
    {
        var o = await InAsync(OccurrenceState.Incomplete, x => (x.Accepted, x.Unknown) = (50, 31));
        await StepAsync(o, "chunk/2", 2, 31);
        await _house.DoAsync<SettleUnknown>(s => s.RunAsync(o.Id, sent));
        var after = await AfterAsync(o);
        Assert.Equal((OccurrenceState.Pushing, accepted, 0), (after.State, after.Accepted, after.Unknown));
        Assert.Equal(state, await _house.InAsync(async s =>
        {
            await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            return (await db.SendSteps.SingleAsync(x => x.OccurrenceId == o.Id)).State;
        }));
    }

    [Fact]
    public async Task A_call_that_makes_the_campaign_is_not_settled_by_hand()
    {
        var o = await InAsync(OccurrenceState.Incomplete, x => x.Unknown = 31);
        await StepAsync(o, "schedule", null, 0);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => _house.DoAsync<SettleUnknown>(s => s.RunAsync(o.Id, sent: true)));
        Assert.StartsWith("A call that makes the campaign", refused.Message);
    }

    private Task<int> StepAsync(Occurrence o, string name, int? chunk, int recipients) => _house.InAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        db.SendSteps.Add(new() { OccurrenceId = o.Id, Name = name, Chunk = chunk, Recipients = recipients, State = StepState.Unknown, StartedAt = _house.Clock.GetUtcNow() });
        return await db.SaveChangesAsync();
    });

    [Fact]
    public async Task A_held_one_is_checked_again_at_once()
    {
        var o = await InAsync(OccurrenceState.Held, x => x.RetryAt = _house.Clock.GetUtcNow().AddMinutes(15));
        await _house.DoAsync<TryAgain>(t => t.RunAsync(o.Id));
        Assert.Null((await AfterAsync(o)).RetryAt);
    }

    [Fact]
    public async Task A_missed_one_gets_a_new_time_today_under_its_own_name()
    {
        var o = await InAsync(OccurrenceState.Missed, x => x.Sentence = "Too late.");
        await _house.DoAsync<SendToday>(s => s.RunAsync(o.Id, new(14, 0)));
        var after = await AfterAsync(o);
        Assert.Equal((OccurrenceState.Locked, new DateTimeOffset(2026, 6, 16, 12, 0, 0, TimeSpan.Zero), o.DispatchId, o.Date, null), (after.State, after.SendAt, after.DispatchId, after.Date, after.Sentence));
    }

    [Fact]
    public async Task A_missed_one_without_a_list_makes_it_first()
    {
        var o = await InAsync(OccurrenceState.Missed, x => x.ListedAt = null);
        await _house.DoAsync<SendToday>(s => s.RunAsync(o.Id, new(14, 0)));
        Assert.Equal((OccurrenceState.Scheduled, _house.Clock.GetUtcNow()), await AfterAsync(o) is var after ? (after.State, after.LocksAt) : default);
    }

    [Theory]
    [InlineData(10, 15, "That is too near")]
    [InlineData(14, 10, "MailChimp sends on the quarter hour only. Take 14:00 or 14:15.")]
    public async Task A_new_time_is_far_enough_ahead_and_on_the_grid(int hour, int minute, string sentence)
    {
        var o = await InAsync(OccurrenceState.Missed);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => _house.DoAsync<SendToday>(s => s.RunAsync(o.Id, new(hour, minute))));
        Assert.StartsWith(sentence, refused.Message);
    }

    [Theory]
    [InlineData(StepState.Accepted)]
    [InlineData(StepState.Unknown)]
    [InlineData(StepState.InFlight)]
    public async Task What_the_provider_may_have_been_told_to_send_is_not_sent_again(StepState state)
    {
        var o = await InAsync(OccurrenceState.Missed);
        await _house.ChangeAsync(db =>
        {
            db.SendSteps.Add(new() { OccurrenceId = o.Id, Name = "schedule", State = state, StartedAt = _house.Clock.GetUtcNow() });
            return Task.CompletedTask;
        });
        await Assert.ThrowsAsync<RefusedException>(() => _house.DoAsync<SendToday>(s => s.RunAsync(o.Id, new(14, 0))));
        Assert.Equal(OccurrenceState.Missed, (await AfterAsync(o)).State);
    }

    [Fact]
    public async Task Skipping_ends_it_at_once_or_through_the_provider_when_something_lies_there()
    {
        var clean = await InAsync(OccurrenceState.Missed);
        await _house.DoAsync<SkipOccurrence>(s => s.RunAsync(clean.Id));
        Assert.Equal(OccurrenceState.Cancelled, (await AfterAsync(clean)).State);
        var begun = await InAsync(OccurrenceState.Missed, o => o.PushStartedAt = _house.Clock.GetUtcNow());
        await _house.DoAsync<SkipOccurrence>(s => s.RunAsync(begun.Id));
        Assert.Equal((OccurrenceState.Held, true), await AfterAsync(begun) is var after ? (after.State, after.CancelledAt is not null) : default);
    }

    [Theory]
    [InlineData("2026-06-16 08:00", "10:30")]
    [InlineData("2026-06-16 08:11", "10:45")]
    [InlineData("2026-06-16 21:50", null)]
    public void The_soonest_time_today_leaves_room_for_the_hand_over(string nowUtc, string? time) =>
        Assert.Equal(time, SendToday.Soonest(DateTimeOffset.Parse(nowUtc + "Z"), 15, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"))?.ToString("HH:mm"));
}
