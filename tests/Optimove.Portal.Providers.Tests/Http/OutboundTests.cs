using Optimove.Portal.Providers.Http;
using static Optimove.Portal.Providers.Tests.Http.ScriptedServer;

namespace Optimove.Portal.Providers.Tests.Http;

public sealed class OutboundTests
{
    [Fact]
    public async Task A_write_that_surely_had_no_effect_is_made_again_until_it_works()
    {
        var server = new ScriptedServer().Then(503).Then(429).Then(403).Then(200, "done");

        var answer = await server.SendThroughWaitsAsync(Call(HttpMethod.Post));

        Assert.Equal("done"u8, answer.Body);
        Assert.Equal(4, server.Calls);
    }

    [Fact]
    public async Task The_wait_that_the_provider_asks_for_is_kept()
    {
        var server = new ScriptedServer().Then(429, retryAfter: "77");
        var start = server.Clock.GetUtcNow();

        await server.SendThroughWaitsAsync(Call(HttpMethod.Post));

        Assert.Equal(TimeSpan.FromSeconds(77), server.Clock.GetUtcNow() - start);
    }

    [Fact]
    public async Task A_wait_of_an_hour_is_handed_on_instead_of_sat_out()
    {
        var server = new ScriptedServer().Then(429, retryAfter: "3600");

        var fault = await server.FailAsync(Call(HttpMethod.Post));

        Assert.Equal((ProviderFault.RateLimited, TimeSpan.FromHours(1), 1), (fault.Fault, fault.RetryAfter, server.Calls));
    }

    [Fact]
    public async Task Waits_between_attempts_grow_and_end_after_the_last_attempt()
    {
        var server = new ScriptedServer(options => options.Retries = 5).Always(429);
        var start = server.Clock.GetUtcNow();

        var fault = await server.FailAsync(Call(HttpMethod.Get));

        Assert.Equal(ProviderFault.RateLimited, fault.Fault);
        Assert.Equal(6, server.Calls);
        Assert.InRange(server.Clock.GetUtcNow() - start, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(90));
    }

    [Theory]
    [InlineData("POST", 500, ProviderFault.UnknownOutcome, 1)]
    [InlineData("POST", 504, ProviderFault.UnknownOutcome, 1)]
    [InlineData("GET", 500, ProviderFault.Unavailable, 3)]
    [InlineData("POST", 503, ProviderFault.Unavailable, 3)]
    [InlineData("POST", 401, ProviderFault.Unauthorized, 1)]
    [InlineData("POST", 400, ProviderFault.Rejected, 1)]
    [InlineData("GET", 404, ProviderFault.Rejected, 1)]
    [InlineData("GET", 302, ProviderFault.Misconfigured, 1)]
    public async Task A_status_has_one_meaning(string method, int status, ProviderFault meaning, int calls)
    {
        var server = new ScriptedServer(options => options.Retries = 2).Always(status);

        var fault = await server.FailAsync(Call(HttpMethod.Parse(method)));

        Assert.Equal((meaning, calls), (fault.Fault, server.Calls));
    }

    [Fact]
    public async Task A_503_leaves_the_outcome_unknown_where_the_provider_cannot_be_asked()
    {
        var server = new ScriptedServer().Always(503);

        var fault = await server.FailAsync(Call(HttpMethod.Post) with { AtMostOnce = true });

        Assert.Equal((ProviderFault.UnknownOutcome, 1), (fault.Fault, server.Calls));
        Assert.Contains("cannot be asked", fault.Message);
    }

    [Fact]
    public async Task Rate_headers_are_read_and_a_429_with_them_waits_until_the_window_turns()
    {
        var server = new ScriptedServer();
        var reset = server.Clock.GetUtcNow().AddSeconds(77);
        server.Then(429, limit: (1000, 0, reset)).Then(200, limit: (1000, 999, reset.AddHours(1)));

        var answer = await server.SendThroughWaitsAsync(Call(HttpMethod.Post));

        Assert.Equal(reset, server.Clock.GetUtcNow());
        Assert.Equal(new RateLimit(1000, 999, reset.AddHours(1)), answer.Limit);
    }

    [Fact]
    public async Task A_403_without_a_body_is_load_and_one_with_a_reason_is_a_missing_permission()
    {
        var bare = await new ScriptedServer(options => options.Retries = 0).Always(403).FailAsync(Call(HttpMethod.Post));
        var reasoned = await new ScriptedServer().Always(403, """{"detail":"no"}""").FailAsync(Call(HttpMethod.Post));

        Assert.Equal((ProviderFault.RateLimited, ProviderFault.Unauthorized), (bare.Fault, reasoned.Fault));
    }

    [Fact]
    public async Task A_write_without_an_answer_in_time_is_unknown_and_not_repeated()
    {
        var server = new ScriptedServer().AlwaysHang();

        var fault = await server.FailAsync(Call(HttpMethod.Post), longestStep: TimeSpan.FromMinutes(5));

        Assert.Equal((ProviderFault.UnknownOutcome, 1), (fault.Fault, server.Calls));
    }

    [Fact]
    public async Task A_question_without_an_answer_in_time_is_asked_again()
    {
        var server = new ScriptedServer(options => options.Retries = 2).AlwaysHang();

        var fault = await server.FailAsync(Call(HttpMethod.Get), longestStep: TimeSpan.FromMinutes(5));

        Assert.Equal((ProviderFault.Unavailable, 3), (fault.Fault, server.Calls));
    }

    [Fact]
    public async Task A_call_marked_as_repeatable_is_repeated_although_it_writes()
    {
        var server = new ScriptedServer().Then(500);

        await server.SendThroughWaitsAsync(Call(HttpMethod.Delete) with { Repeatable = true });

        Assert.Equal(2, server.Calls);
    }

    [Fact]
    public async Task Who_waits_at_the_gate_longer_than_the_total_time_knows_that_nothing_was_done()
    {
        var server = new ScriptedServer(options => (options.TotalTimeout, options.AttemptTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1))).AlwaysHang();
        var first = server.SendAsync(Call(HttpMethod.Post, connections: 1));

        var second = server.SendAsync(Call(HttpMethod.Post, connections: 1));
        await server.Clock.CompleteAsync(Task.WhenAny(Task.WhenAll(first, second)), TimeSpan.FromMinutes(1));

        Assert.Equal(ProviderFault.UnknownOutcome, (await Assert.ThrowsAsync<ProviderException>(() => first)).Fault);
        Assert.Equal(ProviderFault.Unavailable, (await Assert.ThrowsAsync<ProviderException>(() => second)).Fault);
        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task A_connection_that_does_not_answer_is_left_alone_while_another_goes_on()
    {
        var server = new ScriptedServer(options => options.Retries = 0).Always(503);
        for (var i = 0; i < 10; i++)
            await server.FailAsync(Call(HttpMethod.Get, connection: 1));

        var fault = await server.FailAsync(Call(HttpMethod.Get, connection: 1));
        var calls = server.Calls;
        server.Always(200);
        await server.SendAsync(Call(HttpMethod.Get, connection: 2));

        Assert.Equal((ProviderFault.Unavailable, 10, 11), (fault.Fault, calls, server.Calls));
        Assert.InRange(fault.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_connection_that_was_left_alone_is_tried_again_after_the_break()
    {
        var server = new ScriptedServer(options => options.Retries = 1);
        for (var i = 0; i < 10; i++)
            server.Then(503);
        for (var i = 0; i < 5; i++)
            await server.FailAsync(Call(HttpMethod.Get));

        var answer = await server.SendThroughWaitsAsync(Call(HttpMethod.Get));

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Calls_of_one_account_never_pass_the_gate_together_in_a_greater_number_whatever_the_connection()
    {
        var (inside, full) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        // The first stay until as many as may are inside together.
        var server = new ScriptedServer
        {
            Otherwise = async (_, _) =>
            {
                if (Interlocked.Increment(ref inside) == 4) full.SetResult();
                await full.Task.WaitAsync(TimeSpan.FromSeconds(30));
                await Task.Yield();
                return new HttpResponseMessage(System.Net.HttpStatusCode.OK);
            },
        };

        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => server.SendAsync(Call(HttpMethod.Post, connection: i % 3)))));

        Assert.Equal(400, server.Calls);
        Assert.Equal(4, server.MostAtOnce);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_not_a_fault_of_the_provider()
    {
        var server = new ScriptedServer().AlwaysHang();
        using var stop = new CancellationTokenSource();
        var sending = server.Outbound.SendAsync(Call(HttpMethod.Post), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Neither_the_log_nor_the_sentence_holds_a_secret_or_a_customers_address()
    {
        var server = new ScriptedServer(options => options.Retries = 1).Then(503, """{"detail":"ann@example.test"}""").Then(400, """{"detail":"ann@example.test is bad"}""");

        var fault = await server.FailAsync(Call(HttpMethod.Post));

        Assert.Contains("an address is bad", fault.Message);
        Assert.NotEmpty(server.Log.Text);
        Assert.All(["ann@", "secret"], secret => Assert.DoesNotContain(secret, server.Log.Text + fault.Message));
    }
}
