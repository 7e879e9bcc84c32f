using Optimove.Portal.Twins.Tests.Testing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Tests.MailChimp;

public sealed class FaultTests
{
    private const string PostSegments = "POST /lists/{list_id}/segments";

    [Fact]
    public async Task The_eleventh_call_at_once_is_refused_without_saying_when_to_come_back()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        twin.Account.Faults.Set(new Fault(FaultKind.Slow) { Endpoint = "GET /ping", Delay = TimeSpan.FromMinutes(5) });
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var waiting = Enumerable.Range(0, 10).Select(_ => twin.Http.GetAsync("ping", enough.Token)).ToList();
        await UntilAsync(() => Task.FromResult(twin.Account.PeakConcurrency == 10));
        using var eleventh = await twin.Http.GetAsync("lists", TestContext.Current.CancellationToken);
        Assert.Equal(429, (int)eleventh.StatusCode);
        Assert.Equal("application/problem+json", eleventh.Content.Headers.ContentType!.MediaType);
        Assert.Null(eleventh.Headers.RetryAfter);
        await enough.CancelAsync();
        foreach (var call in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await UntilAsync(async () => (await twin.CallAsync("GET", "lists")).Status == 200);
    }

    [Theory]
    [InlineData(FaultKind.BareForbidden, 403)]
    [InlineData(FaultKind.BareTooManyRequests, 429)]
    public async Task Heavy_load_can_answer_without_a_body(FaultKind kind, int status)
    {
        await using var twin = await MailChimpTwin.StartAsync();
        twin.Account.Faults.Set(new Fault(kind) { Times = 1 });
        Assert.Equal((status, null), await twin.CallAsync("GET", "ping"));
        Assert.Equal(200, (await twin.CallAsync("GET", "ping")).Status);
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests, 429, "Too Many Requests")]
    [InlineData(FaultKind.ServerError, 500, "Internal Server Error")]
    [InlineData(FaultKind.RevokedKey, 401, "API Key Invalid")]
    public async Task Other_refusals_come_as_problems_and_without_effect(FaultKind kind, int status, string title)
    {
        await using var twin = await MailChimpTwin.StartAsync();
        twin.Account.Faults.Set(new Fault(kind));
        var (answered, problem) = await twin.CallAsync("POST", $"lists/{MailChimpTwin.List}/segments", new { name = "opt-1", static_segment = Array.Empty<string>() });
        Assert.Equal((status, title), (answered, (string?)problem!["title"]));
        twin.Account.Faults.Clear();
        Assert.Empty(twin.Account.Observe().Segments);
    }

    [Theory]
    [InlineData(FaultKind.AnswerLost, 2)]
    [InlineData(FaultKind.RequestLost, 1)]
    [InlineData(FaultKind.Hang, 1)]
    public async Task The_second_call_of_an_endpoint_loses_its_answer_with_or_without_its_effect(FaultKind kind, int segments)
    {
        await using var twin = await MailChimpTwin.StartAsync();
        twin.Account.Faults.Set(new Fault(kind) { Endpoint = PostSegments, FromCall = 2, Times = 1, Delay = TimeSpan.Zero });
        await twin.SegmentAsync(1, "opt-1");
        await Assert.ThrowsAsync<HttpRequestException>(() => twin.SegmentAsync(1, "opt-2"));
        Assert.Equal(segments, twin.Account.Observe().Segments.Count);
        // The call is logged once the connection is cut, which its caller may see first.
        await UntilAsync(() => Task.FromResult(twin.Account.Log.Recent().Any(c => c is { Endpoint: PostSegments, Status: 0 } && c.Fault == kind)));
        await twin.SegmentAsync(1, "opt-3");
    }

    [Fact]
    public async Task A_campaign_and_its_schedule_survive_a_lost_answer()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var segment = await twin.SegmentAsync(5);
        twin.Account.Faults.Set(new Fault(FaultKind.AnswerLost) { Endpoint = "POST /campaigns", Times = 1 });
        twin.Account.Faults.Set(new Fault(FaultKind.AnswerLost) { Endpoint = "POST /campaigns/{campaign_id}/actions/schedule", Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => twin.CampaignAsync(segment));
        var campaign = (string)(await twin.GetAsync("campaigns"))["campaigns"]![0]!["id"]!;
        await Assert.ThrowsAsync<HttpRequestException>(() => twin.ScheduleAsync(campaign, "2026-03-01T08:15:00Z"));
        Assert.Equal("schedule", (string?)(await twin.GetAsync($"campaigns/{campaign}"))["status"]);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        while (!await condition()) await Task.Delay(10, deadline.Token);
    }
}
