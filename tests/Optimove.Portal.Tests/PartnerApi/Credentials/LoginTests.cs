using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Data.Clock;
using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Credentials;

public sealed class LoginTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task A_login_answers_a_bare_json_string_of_36_characters()
    {
        var client = await house.IssueAsync(house.Acme);
        var answer = await house.PostAsync("/current/general/login", $$"""{"Username":"{{client.UserName}}","Password":"{{client.Password}}"}""");
        Assert.Equal((200, "application/json", 38L), (answer.Status, answer.ContentType, answer.ContentLength));
        Assert.Matches("^\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"$", answer.Body);
        Assert.Equal(200, (await house.SendAsync(HttpMethod.Get, "/General/GetRegisteredEventListeners", null, token: answer.Body.Trim('"'))).Status);
        Assert.False(await house.App.Database.AskAsync<bool>($"select exists (select from api_secrets where encode(hash, 'escape') like '%{answer.Body.Trim('"')}%')"));
    }

    [Theory]
    [InlineData("username", "password")]
    [InlineData("UserName", "PASSWORD")]
    public async Task Names_come_in_any_case_as_json_form_or_query(string user, string password)
    {
        var client = await house.IssueAsync(house.Acme);
        Assert.Equal(200, (await house.PostAsync("/login".Insert(0, "/General"), $$"""{"{{user}}":"{{client.UserName.ToUpperInvariant()}}","{{password}}":"{{client.Password}}"}""")).Status);
        house.Clock.Ahead += TimeSpan.FromSeconds(2);
        using var form = new HttpRequestMessage(HttpMethod.Post, "/current/general/login") { Content = new FormUrlEncodedContent([new(user, client.UserName), new(password, client.Password)]) };
        Assert.Equal(200, (await house.SendAsync(form)).Status);
        house.Clock.Ahead += TimeSpan.FromSeconds(2);
        Assert.Equal(38, (await house.GetAsync($"/v1.6/general/login?{user}={client.UserName}&{password}={client.Password}")).ContentLength);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_are_the_same_401_and_a_missing_field_a_400()
    {
        var client = await house.IssueAsync(house.Acme);
        var wrong = await house.PostAsync("/current/general/login", $$"""{"Username":"{{client.UserName}}","Password":"guess"}""");
        var unknown = await house.PostAsync("/current/general/login", """{"Username":"nobody","Password":"guess"}""");
        Assert.Equal((401, 401, wrong.Body), (wrong.Status, unknown.Status, unknown.Body));
        Assert.Equal(400, (await house.PostAsync("/current/general/login", """{"Username":"nobody"}""")).Status);
        Assert.Equal(400, (await house.GetAsync("/v1.6/general/login?username=nobody")).Status);
    }

    [Fact]
    public async Task Wrong_logins_from_one_address_are_limited_and_never_delay_a_right_one()
    {
        house.Clock.Ahead += TimeSpan.FromMinutes(2);
        var client = await house.IssueAsync(house.Acme);
        Task<Answer> TryAsync(string name, string password) => house.PostAsync("/current/general/login", $$"""{"Username":"{{name}}","Password":"{{password}}"}""");
        // A stranger tries many names, the user's own too, and many times within a second.
        for (var i = 0; i < 20; i++) Assert.Equal(401, (await TryAsync(i % 2 == 0 ? client.UserName : $"name-{i}", "guess")).Status);
        var over = await TryAsync("another", "guess");
        over.IsRefused(429, "20 wrong logins");
        Assert.InRange(over.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(429, (await TryAsync(client.UserName, "guess")).Status);
        Assert.Equal(200, (await TryAsync(client.UserName, client.Password)).Status);
        house.Clock.Ahead += TimeSpan.FromSeconds(61);
        Assert.Equal(401, (await TryAsync("another", "guess")).Status);
    }

    [Fact]
    public async Task More_than_one_login_a_second_of_a_user_is_a_429()
    {
        var client = await house.IssueAsync(house.Acme);
        await house.LogInAsync(client);
        (await house.PostAsync("/current/general/login", $$"""{"Username":"{{client.UserName}}","Password":"{{client.Password}}"}""")).IsRefused(429, "1 login");
        house.Clock.Ahead += TimeSpan.FromSeconds(1.1);
        await house.LogInAsync(client);
    }

    [Fact]
    public async Task A_token_lives_20_minutes_from_its_last_call_and_then_answers_the_text_that_programs_compare()
    {
        var token = await house.LogInAsync(await house.IssueAsync(house.Acme));
        for (var i = 0; i < 3; i++)
        {
            house.Clock.Ahead += TimeSpan.FromMinutes(18);
            Assert.Equal(200, (await CallAsync(token)).Status);
        }
        house.Clock.Ahead += TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(1);
        var expired = await CallAsync(token);
        Assert.Equal((403, "Authorization-Token Expired"), (expired.Status, expired.Body));
    }

    [Fact]
    public async Task A_tokens_time_is_written_at_most_once_a_minute()
    {
        var token = await house.LogInAsync(await house.IssueAsync(house.Acme));
        Assert.Equal(200, (await CallAsync(token)).Status);
        var written = await EndsAsync();
        house.Clock.Ahead += TimeSpan.FromSeconds(30);
        await CallAsync(token);
        Assert.Equal(written, await EndsAsync());
        house.Clock.Ahead += TimeSpan.FromSeconds(40);
        await CallAsync(token);
        Assert.True(await EndsAsync() > written.AddMinutes(1));

        Task<DateTime> EndsAsync() => house.App.Database.AskAsync<DateTime>("select max(ends_at) from api_secrets where kind = 'Token'");
    }

    [Fact]
    public async Task A_token_works_on_another_replica_too()
    {
        var token = await house.LogInAsync(await house.IssueAsync(house.Acme));
        using var http = house.App.CreateClient();
        house.App.Services.GetRequiredService<PortalClock>().Ahead = house.Clock.Ahead;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/current/general/GetRegisteredEventListeners");
        request.Headers.Add("Authorization-Token", token);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_revoked_or_suspended_on_one_replica_is_refused_by_the_next_call_to_another()
    {
        var issued = await house.IssueAsync(house.Globex);
        using var http = house.App.CreateClient();
        house.App.Services.GetRequiredService<PortalClock>().Ahead = house.Clock.Ahead;
        Assert.Equal(200, await StatusAsync());
        var chief = await house.App.PersonAsync("chief@staff.example");
        await house.App.DoAsync<SuspendClient>(s => s.RunAsync(chief, "globex", null));
        Assert.Equal(403, await StatusAsync());
        await house.App.DoAsync<ResumeClient>(s => s.RunAsync(chief, "globex"));
        Assert.Equal(200, await StatusAsync());
        var id = await house.App.Database.AskAsync<int>($"select id from api_credentials where user_name = '{issued.UserName}'");
        Assert.Equal(200, await StatusAsync());
        await house.InAsync(house.Globex, s => s.GetRequiredService<RevokeCredential>().RunAsync(id));
        Assert.Equal(403, await StatusAsync());

        async Task<int> StatusAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/current/general/GetRegisteredEventListeners");
            request.Headers.Add("X-API-KEY", issued.Key);
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task Calls_of_many_callers_at_the_same_moment_are_each_made_as_whom_they_are()
    {
        var callers = new List<(string Key, int Status, string Name)>();
        foreach (var tenant in new[] { house.Acme, house.Globex, house.Acme, house.Globex })
        {
            var issued = await house.IssueAsync(tenant);
            callers.Add((issued.Key, 200, issued.Name));
        }
        callers.Add(("opk_unknown", 403, ""));
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async n =>
        {
            var (key, status, name) = callers[n % callers.Count];
            var answer = await house.SendAsync(HttpMethod.Get, "/current/Apikey/Info", null, key: key);
            return (answer.Status == status, name.Length == 0 || answer.Body.Contains(name, StringComparison.Ordinal));
        }));
        Assert.All(answers, a => Assert.Equal((true, true), a));
    }

    private Task<Answer> CallAsync(string token) => house.SendAsync(HttpMethod.Get, "/current/general/GetRegisteredEventListeners", null, token: token);
}
