using Optimove.Portal.Sending.DryRun;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.DryRun;

public sealed class RehearseCampaignTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Customers = 1_200;

    [Fact]
    public Task MailChimp_is_played_with_its_whole_list() => PlayAsync(DryRunCase.MailChimp, "POST /3.0/lists/abc123/segments", 1);

    [Fact]
    public Task Cheetah_is_played_with_its_whole_list() => PlayAsync(DryRunCase.Cheetah, "POST /services2/api/Import", 1);

    [Fact]
    public Task MobilePush_is_played_with_its_whole_list() => PlayAsync(DryRunCase.MobilePush, "POST /rest/push/v1/messageContact/NjoxMTQ6MA/send", 1);

    [Fact]
    public Task Appboy_is_played_with_its_whole_list() => PlayAsync(DryRunCase.Appboy, "POST /campaigns/trigger/schedule/create", 10);

    private async Task PlayAsync(DryRunCase through, string call, int least)
    {
        await using var world = await DryRunWorld.CreateAsync(database, through, Customers);
        var before = await world.RowsAsync();

        var report = await world.RunAsync();

        Assert.Null(report.Stopped);
        Assert.False(report.OwnList);
        Assert.Equal((Customers, through.Excluded), (report.List.Considered, report.List.Excluded));
        Assert.Equal(report.List.Excluded, report.Exclusions.Sum(e => e.Count));
        Assert.InRange(report.List.Control, Customers * 0.06, Customers * 0.14);
        Assert.Equal((report.List.ToSend, 0, 0, 0), (report.Accepted, report.Rejected, report.Unknown, report.NotHandedOver));
        Assert.Equal(report.List.ToSend, report.Calls.People);
        Assert.Equal(report.List.ToSend, report.Arriving);
        Assert.Equal(report.SendAt, Assert.Single(report.Arrivals).At);
        Assert.NotEmpty(report.Arrivals[0].First);
        Assert.InRange(report.Calls.Kept.Count(c => $"{c.Method} {c.Path}" == call && c.Status is >= 200 and < 300), least, report.Calls.Count);
        Assert.Equal(0, report.Calls.Refused);
        Assert.DoesNotContain(report.Calls.Kept, c => Texts(c).Any(t => t.Contains(DryRunWorld.Secret, StringComparison.Ordinal)));
        Assert.Equal(before, await world.RowsAsync());
    }

    [Theory]
    [InlineData("mailchimp", "ApiKey", "[0-9a-f]{32}")]
    [InlineData("cheetah", "ConsumerSecret", "[0-9a-f]{32}")]
    [InlineData("mobilepush", "ClientSecret", "[0-9a-f]{32}")]
    [InlineData("appboy", "RestKeys", "group-1; [0-9a-f]{32}")]
    public async Task A_twin_is_given_made_up_secrets_of_the_same_shape(string provider, string setting, string shape)
    {
        await using var world = await DryRunWorld.CreateAsync(database, DryRunCase.All.Single(c => c.Provider == provider), 10);
        var settings = await world.DisguisedAsync();

        Assert.Matches($"^{shape}$", settings[setting]!.ToString());
        Assert.DoesNotContain(DryRunWorld.Secret, settings.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_stopped_ends_and_leaves_nothing()
    {
        await using var world = await DryRunWorld.CreateAsync(database, DryRunCase.Appboy, 3_000);
        var before = await world.RowsAsync();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.RunAsync(new StopWhen("Handing over", stop), stop.Token));

        Assert.Equal(before, await world.RowsAsync());
        Assert.Null((await world.RunAsync()).Stopped);
    }

    private sealed class StopWhen(string doing, CancellationTokenSource stop) : IProgress<DryRunProgress>
    {
        public void Report(DryRunProgress value)
        {
            if (value.Doing.StartsWith(doing, StringComparison.Ordinal)) stop.Cancel();
        }
    }

    [Fact]
    public async Task A_list_that_was_made_is_the_one_that_is_played()
    {
        await using var world = await DryRunWorld.CreateAsync(database, DryRunCase.MailChimp, 400);
        var first = await world.RunAsync();
        var id = await world.ScheduleAsync(listed: true);
        await world.SqlAsync("update customers set email = null where customer_id in ('C-20', 'C-21', 'C-22')");
        var before = await world.RowsAsync();

        var report = await world.RunAsync();

        Assert.True(report.OwnList);
        Assert.Equal(first.List, report.List);
        Assert.Equal(report.List.ToSend, report.Arriving);
        Assert.Equal(before, await world.RowsAsync());
        Assert.Equal([$"{report.List.Considered}"], await world.TextsAsync($"select count(*)::text from recipients where occurrence_id = {id}"));
    }

    [Fact]
    public async Task The_list_is_the_one_that_the_night_then_makes()
    {
        await using var world = await DryRunWorld.CreateAsync(database, DryRunCase.Appboy, 400);
        await world.ScheduleAsync(listed: false);
        var dry = await world.RunAsync();
        var id = await world.ListAsync();

        Assert.Equal([$"{dry.List.Considered}/{dry.List.Excluded}/{dry.List.Control}"], await world.TextsAsync(
            $"select count(*) || '/' || count(*) filter (where reason is not null) || '/' || count(*) filter (where chunk is null and reason is null) from recipients where occurrence_id = {id}"));
    }

    [Fact]
    public async Task A_pace_is_kept_by_the_clock_of_the_run_and_whoever_comes_late_gets_it_at_once()
    {
        // Half an hour before the time 250,000 are taken; 5,000 of them fit into one call.
        await using var world = await DryRunWorld.CreateAsync(database, DryRunCase.MobilePush, 262_000);
        var report = await world.RunAsync();

        Assert.Null(report.Stopped);
        Assert.Equal(report.List.ToSend, report.Arriving);
        Assert.Equal(report.SendAt.AddMinutes(-30), report.Began);
        Assert.InRange(report.Ended - report.Began, TimeSpan.FromMinutes(0.97 * 30 * (report.List.ToSend - 5_000) / 250_000), TimeSpan.FromMinutes(1.03 * 30 * report.List.ToSend / 250_000));
        Assert.All(report.Arrivals, a => Assert.True(a.At >= report.SendAt));
    }

    [Fact]
    public async Task Whoever_the_twin_refuses_is_named_with_the_reason()
    {
        await using var world = await DryRunWorld.CreateAsync(database, DryRunCase.MailChimp, 300);
        // Longer than MailChimp takes and shorter than a mailbox may be.
        await world.SqlAsync($"alter table customers alter email type varchar(320); update customers set email = '{new string('a', 250)}@mail.example' where customer_id = 'C-30'");
        await world.SqlAsync("update campaigns set control_share = 0");

        var report = await world.RunAsync();

        Assert.Equal((report.List.ToSend - 1, 1, 0), (report.Accepted, report.Rejected, report.NotHandedOver));
        Assert.Equal("C-30", Assert.Single(report.RejectedPeople).CustomerId);
    }

    [Fact]
    public async Task A_connector_that_stops_says_why_and_what_was_left()
    {
        await using var world = await DryRunWorld.CreateAsync(database, DryRunCase.MailChimp, 300);
        await world.SqlAsync("update campaigns set send_time = '10:07'");

        var report = await world.RunAsync();

        Assert.Contains("quarter hours only", report.Stopped, StringComparison.Ordinal);
        Assert.Equal((0, report.List.ToSend), (report.Accepted, report.NotHandedOver));
        Assert.Empty(report.Arrivals);
    }

    [Fact]
    public async Task What_was_handed_over_is_not_played_again()
    {
        await using var world = await DryRunWorld.CreateAsync(database, DryRunCase.MailChimp, 300);
        await world.ScheduleAsync(listed: true);
        await world.SqlAsync("update occurrences set push_started_at = now()");

        await Assert.ThrowsAsync<RefusedException>(() => world.RunAsync());
    }

    [Fact]
    public async Task Of_many_calls_the_first_and_the_last_are_kept_and_all_are_counted()
    {
        await using var world = await DryRunWorld.CreateAsync(database, DryRunCase.Appboy, 15_000);
        var report = await world.RunAsync();

        Assert.InRange(report.Calls.Count, 250, 320);
        Assert.Equal(200, report.Calls.Kept.Count);
        Assert.Equal(report.List.ToSend, report.Calls.People);
        Assert.All(report.Calls.Kept.SelectMany(c => new[] { c.Request, c.Response }), b => Assert.InRange(b.Text.Length, 0, 4_000));
    }

    private static string[] Texts(RecordedCall c) => [c.Path, c.Authorization ?? "", c.Request.Text, c.Response.Text];
}
