using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.PartnerApi.Calls;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.PartnerApi.Credentials;

public sealed class CredentialTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_kept_as_a_hash_and_its_first_characters()
    {
        var issued = await house.IssueAsync(house.Acme);
        Assert.Matches("^opk_[A-Za-z0-9_-]{43}$", issued.Key);
        var row = await house.App.Database.AskAsync<string>($"select to_jsonb(c)::text from api_credentials c where user_name = '{issued.UserName}'");
        Assert.Contains($"\"{issued.Key[..12]}\"", row);
        Assert.DoesNotContain(issued.Key[12..], row);
        Assert.DoesNotContain(issued.Password, row);
        Assert.Equal(200, (await house.GetAsync("/Apikey/Info", issued)).Status);
    }

    [Fact]
    public async Task After_a_rotation_old_and_new_work_until_the_chosen_time_and_then_only_the_new()
    {
        var old = await house.IssueAsync(house.Acme);
        var id = await house.IdOfAsync(old);
        var fresh = await RotateAsync(id, TimeSpan.FromHours(24));
        Assert.NotEqual(old.Key, fresh.Key);
        foreach (var secrets in new[] { old, fresh })
        {
            Assert.Equal(200, (await house.GetAsync("/Apikey/Info", secrets)).Status);
            await house.LogInAsync(secrets);
            house.Clock.Ahead += TimeSpan.FromSeconds(2);
        }
        house.Clock.Ahead += TimeSpan.FromHours(25);
        Assert.Equal(403, (await house.GetAsync("/Apikey/Info", old)).Status);
        Assert.Equal(401, (await house.PostAsync("/general/login", $$"""{"Username":"{{old.UserName}}","Password":"{{old.Password}}"}""")).Status);
        Assert.Equal(200, (await house.GetAsync("/Apikey/Info", fresh)).Status);
        house.Clock.Ahead += TimeSpan.FromSeconds(2);
        await house.LogInAsync(fresh);
    }

    [Fact]
    public async Task A_second_rotation_ends_what_was_before_the_first_at_once()
    {
        var first = await house.IssueAsync(house.Acme);
        var id = await house.IdOfAsync(first);
        var second = await RotateAsync(id, TimeSpan.FromDays(7));
        var third = await RotateAsync(id, TimeSpan.Zero);
        Assert.Equal((403, 403, 200), ((await house.GetAsync("/Apikey/Info", first)).Status, (await house.GetAsync("/Apikey/Info", second)).Status, (await house.GetAsync("/Apikey/Info", third)).Status));
    }

    [Fact]
    public async Task A_revoked_credential_stops_at_once_with_its_tokens_and_listeners()
    {
        var issued = await house.IssueAsync(house.Globex);
        var token = await house.LogInAsync(issued);
        (await house.PostAsync("/general/RegisterEventListener", """{"EventTypeID":1,"ListenerURL":"https://p.example/a"}""", issued)).IsDone();
        var id = await house.IdOfAsync(issued);
        await house.InAsync(house.Globex, s => s.GetRequiredService<RevokeCredential>().RunAsync(id, Cancellation));
        (await house.GetAsync("/Apikey/Info", issued)).IsRefused(403, "revoked");
        Assert.Equal("Authorization-Token Expired", (await house.SendAsync(HttpMethod.Get, "/Apikey/Info", null, token: token)).Body);
        house.Clock.Ahead += TimeSpan.FromSeconds(2);
        Assert.Equal(401, (await house.PostAsync("/general/login", $$"""{"Username":"{{issued.UserName}}","Password":"{{issued.Password}}"}""")).Status);
        Assert.Equal(0, await house.App.Database.AskAsync<long>($"select count(*) from event_listeners where credential_id = {id}"));
        Assert.Superset(new HashSet<string> { "credential.issued", "credential.revoked" }, (await house.App.AuditAsync("globex")).ToHashSet());
    }

    [Fact]
    public async Task A_suspended_clients_keys_answer_a_403_of_another_text()
    {
        var tenant = await house.App.AddClientAsync("sleepy", "Sleepy");
        var issued = await house.IssueAsync(tenant);
        var token = await house.LogInAsync(issued);
        await house.App.Database.RunAsync($"update tenants set suspended_at = now() where id = {tenant.Id}");
        (await house.GetAsync("/Apikey/Info", issued)).IsRefused(403, "suspended");
        (await house.SendAsync(HttpMethod.Get, "/Apikey/Info", null, token: token)).IsRefused(403, "suspended");
        house.Clock.Ahead += TimeSpan.FromSeconds(2);
        (await house.PostAsync("/general/login", $$"""{"Username":"{{issued.UserName}}","Password":"{{issued.Password}}"}""")).IsRefused(403, "suspended");
    }

    [Fact]
    public async Task Only_client_admins_see_issue_rotate_and_revoke()
    {
        await using var scope = await house.App.EnterAsync("marketer@acme.example", "acme");
        var services = scope.ServiceProvider;
        await Assert.ThrowsAsync<RefusedException>(() => services.GetRequiredService<CredentialQueries>().ListAsync(Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => services.GetRequiredService<CallQueries>().ListAsync(null, null, false, new("", false, 1, 50), Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => services.GetRequiredService<IssueCredential>().RunAsync(new() { Kind = CredentialKind.Client, Name = "Mine" }, Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => services.GetRequiredService<RotateCredential>().RunAsync(1, TimeSpan.Zero, Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => services.GetRequiredService<RevokeCredential>().RunAsync(1, Cancellation));
    }

    [Fact]
    public async Task A_name_is_used_once_and_again_after_it_was_revoked_and_a_partner_needs_channels_of_the_client()
    {
        Assert.Contains("already", (await RefusedAsync(new() { Kind = CredentialKind.Client, Name = "Twice" }, times: 2))!.Message);
        var id = await house.App.Database.AskAsync<int>("select id from api_credentials where name = 'Twice'");
        await house.InAsync(house.Acme, s => s.GetRequiredService<RevokeCredential>().RunAsync(id, Cancellation));
        Assert.Null(await RefusedAsync(new() { Kind = CredentialKind.Client, Name = "Twice" }));
        Assert.Contains("at least one channel", (await RefusedAsync(new() { Name = "Partner" }))!.Message);
        Assert.Contains("no longer there", (await RefusedAsync(new() { Name = "Partner", ChannelIds = [777] }))!.Message);
        Assert.Contains("no longer there", (await RefusedAsync(new() { Name = "Partner", ChannelIds = [505], Fields = ["not_there"] }))!.Message);
    }

    [Fact]
    public async Task Inside_a_client_the_front_doors_table_shows_its_own_rows_alone()
    {
        await house.IssueAsync(house.Acme);
        await house.InAsync(house.Globex, async s =>
        {
            await using var connection = await s.GetRequiredService<Optimove.Portal.Tenancy.TenantDatabase>().OpenAsync(Cancellation);
            await using var command = new Npgsql.NpgsqlCommand($"select count(*) from api_secrets where tenant_id <> {house.Globex.Id}", connection);
            Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
        });
    }

    private async Task<IssuedSecrets> RotateAsync(int id, TimeSpan overlap)
    {
        IssuedSecrets? fresh = null;
        await house.InAsync(house.Acme, async s => fresh = await s.GetRequiredService<RotateCredential>().RunAsync(id, overlap, Cancellation));
        return fresh!;
    }

    private async Task<RefusedException?> RefusedAsync(CredentialDraft draft, int times = 1)
    {
        RefusedException? refused = null;
        for (var i = 0; i < times; i++)
        {
            await house.InAsync(house.Acme, async s => refused = await Record.ExceptionAsync(() => s.GetRequiredService<IssueCredential>().RunAsync(draft, Cancellation)) as RefusedException);
        }
        return refused;
    }
}
