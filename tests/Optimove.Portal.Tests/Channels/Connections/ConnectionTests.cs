using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Channels.Connections;
using Optimove.Portal.Channels.Templates;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Tests.Channels.Connections;

public sealed class ConnectionTests(ChannelsHouse house) : IClassFixture<ChannelsHouse>
{
    [Fact]
    public async Task A_connection_is_saved_checked_filled_and_ready()
    {
        var id = await house.ConnectAsync(house.Account());
        await CheckAsync(id);
        var first = await FindAsync(id);
        Assert.Equal([CheckState.Works, CheckState.Works, CheckState.Works, CheckState.Works, CheckState.Blocked, CheckState.Waiting], first.Checklist.Lines.Select(l => l.State));
        Assert.Equal("The list \"Shop\" has 300 members.", first.Checklist.Lines[1].Sentence);
        Assert.Equal("200 of 200 sampled addresses are in the list, 200 of them subscribed.", first.Checklist.Lines[2].Sentence);
        Assert.False(first.Checklist.Ready);
        Assert.Equal("1 blocked, 1 waiting", first.Checklist.Rest);

        await house.InAsync(house.Ours, async s =>
        {
            Assert.Equal(3, (await s.GetRequiredService<SyncTemplates>().RunAsync(id)).Listed);
            var spring = (await s.GetRequiredService<TemplateQueries>().ListAsync(id)).Single(t => t.Name == "Spring");
            await s.GetRequiredService<EditTemplateSubject>().RunAsync(spring.Id, "Spring is here", null);
            await s.GetRequiredService<ConfirmCheck>().RunAsync(id, "freshness", holds: true, "Ana, an export at 01:00");
        });
        await CheckAsync(id);
        var ready = await FindAsync(id);
        Assert.True(ready.Checklist.Ready);
        Assert.Equal((3, 1), (ready.Templates, ready.UsableTemplates));
        Assert.Equal("Ana Ruiz", ready.Checklist.Lines[5].ConfirmedBy);
    }

    [Fact]
    public async Task Settings_that_each_look_right_but_contradict_each_other_are_refused_and_nothing_is_saved()
    {
        var draft = new ConnectionDraft
        {
            Provider = "mobilepush", Name = "Push of two units", Twin = new("http://127.0.0.1:9/mobilepush/none"),
            Values = new Dictionary<string, string?>
            {
                ["Apps"] = "app-1; Shop", ["BusinessUnits"] = "100; United Kingdom; UK_\n200; United Kingdom VIP; UK_VIP_",
                ["Subdomain"] = "mc1a2b3c", ["ClientId"] = "0123456789abcdefghijklmn", ["ClientSecret"] = "a secret of the test",
            },
        };
        var refused = await Assert.ThrowsAsync<RefusedException>(() => house.InAsync(house.Ours, s => s.GetRequiredService<SaveConnection>().RunAsync(draft)));
        Assert.Contains("begins the prefix \"UK_VIP_\"", refused.Message);
        Assert.False(await house.InAsync(house.Ours, async s =>
        {
            await using var db = await ChannelsHouse.DbAsync(s);
            return await db.Connections.AnyAsync(c => c.Name == draft.Name);
        }));
    }

    [Fact]
    public async Task A_revoked_key_is_blocked_with_what_to_do()
    {
        var account = house.Account();
        var id = await house.ConnectAsync(account);
        account.Faults.Set(new(FaultKind.RevokedKey));
        await house.InAsync(house.Ours, s => s.GetRequiredService<RunCheck>().RunAsync(id, "key"));
        var line = (await FindAsync(id)).Checklist.Lines[0];
        Assert.Equal(CheckState.Blocked, line.State);
        Assert.Equal("MailChimp does not accept the credentials of this connection. Enter a valid key in the connection's settings.", line.Sentence);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_to_be_looked_at_and_not_blocked()
    {
        var account = house.Account();
        var id = await house.ConnectAsync(account);
        account.Faults.Set(new(FaultKind.RequestLost));
        await house.InAsync(house.Ours, s => s.GetRequiredService<RunCheck>().RunAsync(id, "key"));
        Assert.Equal(CheckState.Attention, (await FindAsync(id)).Checklist.Lines[0].State);
    }

    [Fact]
    public async Task A_secret_is_in_clear_neither_in_the_row_nor_in_the_audit_log_nor_in_the_log()
    {
        var account = house.Account();
        var id = await house.ConnectAsync(account);
        await CheckAsync(id);
        account.Faults.Set(new(FaultKind.RevokedKey));
        await CheckAsync(id);
        Assert.Equal(0, await house.Database.AskAsync<long>($"select count(*) from connections where to_jsonb(connections)::text like '%{ChannelsHouse.Key[..20]}%'"));
        Assert.Equal(0, await house.Database.AskAsync<long>($"select count(*) from audit_entries where to_jsonb(audit_entries)::text like '%{ChannelsHouse.Key[..20]}%'"));
        Assert.Equal(1, await house.Database.AskAsync<long>($"select count(*) from audit_entries where subject = 'Connection MailChimp {account.Name}' and after->'Settings'->>'ListId' = '{ChannelsHouse.ListId}'"));
        Assert.NotEqual("", house.Logged);
        Assert.DoesNotContain(ChannelsHouse.Key[..20], house.Logged);
        Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"optimove:{ChannelsHouse.Key}")), house.Logged);
    }

    [Fact]
    public async Task The_secret_of_one_tenant_cannot_be_read_as_another()
    {
        var id = await house.ConnectAsync(house.Account());
        var stored = await house.Database.AskAsync<string>($"select secrets from connections where id = {id}");
        Assert.Contains(ChannelsHouse.Key, await house.InAsync(house.Ours, s => Task.FromResult(s.GetRequiredService<TenantSecrets>().Unprotect(stored!))));
        await house.InAsync(house.Others, async s =>
        {
            Assert.Throws<RefusedException>(() => s.GetRequiredService<TenantSecrets>().Unprotect(stored!));
            Assert.Null(await s.GetRequiredService<ConnectionQueries>().FindAsync(id));
            await Assert.ThrowsAsync<RefusedException>(() => s.GetRequiredService<OpenConnection>().RunAsync(id, Stop));
        });
    }

    [Fact]
    public async Task One_wrong_setting_refuses_all_and_every_wrong_one_is_named()
    {
        var account = house.Account();
        var id = await house.ConnectAsync(account);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => SaveAsync(house.Draft(account, "no-data-centre-", "a b", id) with { Name = "Renamed" }));
        Assert.Contains("A MailChimp API key ends with a dash and its data centre", refused.Message);
        Assert.Contains("A list ID has only letters and digits.", refused.Message);
        Assert.Equal($"MailChimp {account.Name}", (await FindAsync(id)).Name);
    }

    [Fact]
    public async Task A_secret_left_as_dots_stays_while_the_rest_changes()
    {
        var account = house.Account();
        var id = await house.ConnectAsync(account);
        await SaveAsync(house.Draft(account, key: null, id: id) with { Name = $"Renamed {id}" });
        await house.InAsync(house.Ours, s => s.GetRequiredService<RunCheck>().RunAsync(id, "key"));
        var view = await FindAsync(id);
        Assert.Equal(($"Renamed {id}", CheckState.Works), (view.Name, view.Checklist.Lines[0].State));
    }

    [Fact]
    public async Task A_new_secret_takes_the_place_of_a_working_one_only_if_it_works_or_somebody_insists()
    {
        var account = house.Account();
        var id = await house.ConnectAsync(account);
        await CheckAsync(id);
        var wrong = house.Draft(account, "ffffffffffffffffffffffffffffffff-us6", id: id) with { Name = $"Wrong {id}" };
        var answer = await SaveAsync(wrong);
        Assert.Contains("\"The API key works\" works today and would not with the new settings: MailChimp does not accept", answer.Objection);
        Assert.Equal(ChannelsHouse.Key, await KeyAsync(id));
        Assert.NotEqual(wrong.Name, (await FindAsync(id)).Name);

        Assert.Null((await SaveAsync(house.Draft(account, id: id))).Objection);
        Assert.Null((await SaveAsync(wrong with { Insists = true })).Objection);
        Assert.StartsWith("ffff", await KeyAsync(id));
    }

    [Fact]
    public async Task Two_connections_cannot_have_one_name()
    {
        var account = house.Account();
        await house.ConnectAsync(account);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => SaveAsync(house.Draft(account)));
        Assert.Contains("already a connection called", refused.Message);
    }

    [Fact]
    public async Task A_connection_stays_while_scheduled_campaigns_use_it_and_is_gone_with_its_secrets_afterwards()
    {
        var id = await house.ConnectAsync(house.Account());
        await house.ScheduleAsync("Early bird", id);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => house.InAsync(house.Ours, s => s.GetRequiredService<RemoveConnection>().RunAsync(id)));
        Assert.Contains("Early bird", refused.Message);
        await house.Database.RunAsync("update occurrences set state = 'Cancelled' where dispatch_id = 'opt-Early bird'");
        await house.InAsync(house.Ours, s => s.GetRequiredService<RemoveConnection>().RunAsync(id));
        Assert.Null(await house.InAsync(house.Ours, s => s.GetRequiredService<ConnectionQueries>().FindAsync(id)));
        Assert.Equal(1, await house.Database.AskAsync<long>($"select count(*) from connections where id = {id} and removed_at is not null and secrets is null"));
    }

    [Fact]
    public async Task A_person_confirms_only_what_software_cannot_check_and_says_how()
    {
        var id = await house.ConnectAsync(house.Account());
        await house.InAsync(house.Ours, async s =>
        {
            var confirm = s.GetRequiredService<ConfirmCheck>();
            await Assert.ThrowsAsync<RefusedException>(() => confirm.RunAsync(id, "key", holds: true, "It works, believe me", Stop));
            await Assert.ThrowsAsync<RefusedException>(() => confirm.RunAsync(id, "freshness", holds: true, "  ", Stop));
            await confirm.RunAsync(id, "freshness", holds: true, "Nightly export");
        });
        var line = (await FindAsync(id)).Checklist.Lines[5];
        Assert.Equal((CheckState.Works, "Ana Ruiz", "Nightly export"), (line.State, line.ConfirmedBy, line.Note));
        await CheckAsync(id);
        Assert.Equal(CheckState.Works, (await FindAsync(id)).Checklist.Lines[5].State);
        await house.InAsync(house.Ours, s => s.GetRequiredService<ConfirmCheck>().RunAsync(id, "freshness", holds: false, null));
        Assert.Equal(CheckState.Waiting, (await FindAsync(id)).Checklist.Lines[5].State);
    }

    [Fact]
    public async Task Who_is_no_admin_may_not_save_or_remove()
    {
        var account = house.Account();
        var id = await house.ConnectAsync(account);
        await house.InAsync(house.Ours, mayAdministrate: false, async s =>
        {
            await Assert.ThrowsAsync<RefusedException>(() => s.GetRequiredService<SaveConnection>().RunAsync(house.Draft(account, id: id), Stop));
            await Assert.ThrowsAsync<RefusedException>(() => s.GetRequiredService<RemoveConnection>().RunAsync(id, Stop));
            return 0;
        });
    }

    [Fact]
    public async Task One_connection_that_cannot_be_opened_does_not_keep_the_others_waiting()
    {
        var broken = await house.ConnectAsync(house.Account());
        var sound = await house.ConnectAsync(house.Account());
        await house.Database.RunAsync($"update connections set secrets = 'garbage' where id = {broken}");
        await house.InAsync(house.Ours, s => s.GetRequiredService<RefreshConnections>().RunAsync());
        Assert.Equal(CheckState.Works, (await FindAsync(sound)).Checklist.Lines[0].State);
        var line = (await FindAsync(broken)).Checklist.Lines[0];
        Assert.Equal(CheckState.Blocked, line.State);
        Assert.Contains("Save them again", line.Sentence);
        await house.Database.RunAsync($"update connections set removed_at = now() where id = {broken}");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<SavedConnection> SaveAsync(ConnectionDraft draft) => house.InAsync(house.Ours, s => s.GetRequiredService<SaveConnection>().RunAsync(draft));

    private Task CheckAsync(int id) => house.InAsync(house.Ours, s => s.GetRequiredService<CheckConnection>().RunAsync(id));

    private async Task<ConnectionView> FindAsync(int id) => (await house.InAsync(house.Ours, s => s.GetRequiredService<ConnectionQueries>().FindAsync(id)))!;

    private Task<string> KeyAsync(int id) => house.InAsync(house.Ours, async s =>
    {
        await using var db = await ChannelsHouse.DbAsync(s);
        return s.GetRequiredService<ConnectionAccess>().Secrets(await db.Connections.SingleAsync(c => c.Id == id))["ApiKey"];
    });
}
