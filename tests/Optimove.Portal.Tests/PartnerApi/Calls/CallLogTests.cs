using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.PartnerApi.Calls;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Tests.Testing;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Tests.PartnerApi.Calls;

public sealed class CallLogTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_call_of_a_credential_is_kept_with_its_end_and_sizes()
    {
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 505);
        (await house.PostAsync("/current/integrations/AddChannelTemplates?ChannelID=505", """[{"TemplateID":1,"TemplateName":"A"}]""", partner)).IsDone();
        Assert.Equal(403, (await house.GetAsync("/current/integrations/GetPromotions", partner)).Status);
        Assert.Equal(400, (await house.PostAsync("/current/integrations/AddChannelTemplates?ChannelID=505", "{", partner)).Status);
        var id = await house.IdOfAsync(partner);
        await Eventually.Async(async () => await house.App.Database.AskAsync<long>($"select count(*) from api_calls where credential_id = {id}") == 3);
        await house.InAsync(house.Acme, async s =>
        {
            var queries = s.GetRequiredService<CallQueries>();
            var all = (await queries.ListAsync(id, null, false, new GridQuery("", false, 1, 50), Cancellation)).Calls.Items;
            Assert.Equal(["Integrations/AddChannelTemplates", "Integrations/GetPromotions", "Integrations/AddChannelTemplates"], all.Select(c => c.Function));
            Assert.Equal([400, 403, 200], all.Select(c => c.Status));
            Assert.Equal([1, 0, 37], all.Select(c => c.RequestBytes));
            Assert.Equal("The body is not sound JSON.", all[0].Error);
            Assert.Null(all[2].Error);
            Assert.True(all[1].ResponseBytes > 50);
            Assert.Single((await queries.ListAsync(id, "promo", true, new GridQuery("", false, 1, 50), Cancellation)).Calls.Items);
            Assert.Equal(2, (await queries.ListAsync(id, null, true, new GridQuery("", false, 1, 50), Cancellation)).Calls.Total);
        });
    }

    [Fact]
    public async Task Of_many_calls_alike_at_once_the_first_have_a_line_each_and_none_is_uncounted()
    {
        var client = await house.IssueAsync(house.Acme, limit: 10_000);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => house.GetAsync("/current/general/GetLastDataUpdate", client)));
        var id = await house.IdOfAsync(client);
        await Eventually.Async(async () => await house.App.Database.AskAsync<long?>($"select sum(calls)::bigint from api_calls where credential_id = {id}") == 300);
        Assert.InRange(await house.App.Database.AskAsync<long>($"select count(*) from api_calls where credential_id = {id}"), 2, 299);
        await house.InAsync(house.Acme, async s =>
        {
            var view = await s.GetRequiredService<CallQueries>().ListAsync(id, null, false, new GridQuery("", false, 1, 500), Cancellation);
            Assert.Equal((300, view.Calls.Items.Count), (view.Made, view.Calls.Total));
        });
    }

    [Fact]
    public void Only_calls_alike_share_a_line_with_the_longest_time_and_their_sizes_together()
    {
        var at = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
        ApiCallLine Call(int n, int status = 200, string? error = null) => new() { CredentialId = 1, At = at.AddMilliseconds(n), Function = "Events/ReportEvent", Status = status, DurationMs = n, RequestBytes = 100, ResponseBytes = 4, Error = error };
        var lines = CallLog.Shorten([.. Enumerable.Range(0, 25).Select(n => Call(n)), Call(30, 400, "No."), Call(31, 400, "Never."), Call(32)]).ToList();
        Assert.Equal([.. Enumerable.Repeat(1, 10), 16, 1, 1], lines.Select(l => l.Calls));
        Assert.Equal((32, 1600L, 64L, at.AddMilliseconds(32)), (lines[10].DurationMs, lines[10].RequestBytes, lines[10].ResponseBytes, lines[10].At));
        Assert.Equal(["No.", "Never."], lines.Skip(11).Select(l => l.Error));
    }

    [Fact]
    public async Task Calls_are_kept_30_days_and_dead_tokens_no_longer_than_a_night()
    {
        var client = await house.IssueAsync(house.Globex);
        await house.LogInAsync(client);
        var id = await house.IdOfAsync(client);
        await house.App.Database.RunAsync($"""
            insert into api_calls (tenant_id, credential_id, at, function, status, duration_ms, request_bytes, response_bytes)
            select {house.Globex.Id}, {id}, now() - make_interval(days => d), 'Old', 200, 1, 0, 0 from unnest(array[29, 31]) d
            """);
        await house.App.Database.RunAsync($"update api_secrets set ends_at = now() - interval '1 minute' where credential_id = {id} and kind = 'Token'");
        await house.InAsync(house.Globex, s => s.GetRequiredService<TidyCalls>().RunAsync(Cancellation));
        Assert.Equal(1, await house.App.Database.AskAsync<long>("select count(*) from api_calls where function = 'Old'"));
        Assert.Equal("Key,UserName", await house.App.Database.AskAsync<string>($"select string_agg(kind, ',' order by kind) from api_secrets where credential_id = {id}"));
    }
}
