using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Accounts;
using Optimove.Portal.Accounts.Settings;
using Optimove.Portal.Accounts.Users;
using Optimove.Portal.Tests.Testing;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Tests.Accounts.Users;

public sealed class UserTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task The_last_client_admin_stays()
    {
        var (slug, admin) = await ClientAsync("last");
        Assert.Contains("last client admin", (await RefusedAsync(slug, s => s.GetRequiredService<ChangeUserRole>().RunAsync(admin.Id, UserRole.Marketer))).Message);
        Assert.Contains("last client admin", (await RefusedAsync(slug, s => s.GetRequiredService<SetUserAccess>().RunAsync(admin.Id, open: false))).Message);
        await DoAsync(slug, s => s.GetRequiredService<InviteUser>().RunAsync("Invited", "invited@last.example", UserRole.ClientAdmin));
        // Whoever has not joined yet cannot take over.
        await RefusedAsync(slug, s => s.GetRequiredService<ChangeUserRole>().RunAsync(admin.Id, UserRole.Marketer));
        var second = await app.AddPersonAsync("second@last.example", UserRole.ClientAdmin, admin.TenantId);
        await DoAsync(slug, s => s.GetRequiredService<ChangeUserRole>().RunAsync(second.Id, UserRole.Marketer));
        Assert.Equal(["person.invited", "person.role-changed"], await app.AuditAsync(slug));
    }

    [Fact]
    public async Task Only_a_client_admin_invites_changes_roles_and_closes_accounts()
    {
        await using var scope = await app.EnterAsync("marketer@acme.example", "acme");
        var reader = await app.Database.AskAsync<int>("select id from users where email = 'reader@acme.example'");
        await Assert.ThrowsAsync<RefusedException>(() => scope.ServiceProvider.GetRequiredService<InviteUser>().RunAsync("X", "x@acme.example", UserRole.Marketer, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<RefusedException>(() => scope.ServiceProvider.GetRequiredService<ChangeUserRole>().RunAsync(reader, UserRole.Marketer, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<RefusedException>(() => scope.ServiceProvider.GetRequiredService<SetUserAccess>().RunAsync(reader, open: false, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nobody_becomes_staff_or_reaches_into_another_client()
    {
        var (slug, admin) = await ClientAsync("climber");
        var stranger = await app.Database.AskAsync<int>("select id from users where email = 'marketer@globex.example'");
        await RefusedAsync(slug, s => s.GetRequiredService<ChangeUserRole>().RunAsync(admin.Id, UserRole.StaffAdmin));
        await RefusedAsync(slug, s => s.GetRequiredService<InviteUser>().RunAsync("X", "x@climber.example", UserRole.CustomerSuccess));
        await RefusedAsync(slug, s => s.GetRequiredService<SetUserAccess>().RunAsync(stranger, open: false));
        await RefusedAsync(slug, s => s.GetRequiredService<InviteUser>().RunAsync("X", "marketer@globex.example", UserRole.Marketer));
        await DoAsync(slug, async s => Assert.Single(await s.GetRequiredService<UserQueries>().ListAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_closed_account_ends_its_sessions_and_can_be_opened_again()
    {
        var (slug, admin) = await ClientAsync("closing");
        var other = await app.AddPersonAsync("other@closing.example", UserRole.Marketer, admin.TenantId);
        await DoAsync(slug, s => s.GetRequiredService<SetUserAccess>().RunAsync(other.Id, open: false));
        Assert.NotEqual(other.SecurityStamp, await app.Database.AskAsync<string>("select security_stamp from users where email = 'other@closing.example'"));
        await DoAsync(slug, s => s.GetRequiredService<SetUserAccess>().RunAsync(other.Id, open: true));
        Assert.Equal(["person.closed", "person.opened"], await app.AuditAsync(slug));
    }

    [Fact]
    public async Task The_log_is_read_newest_first_filtered_and_with_its_differences()
    {
        var (slug, admin) = await ClientAsync("logged");
        var other = await app.AddPersonAsync("other@logged.example", UserRole.Marketer, admin.TenantId);
        await DoAsync(slug, s => s.GetRequiredService<ChangeUserRole>().RunAsync(other.Id, UserRole.MarketerReadOnly));
        await DoAsync(slug, s => s.GetRequiredService<SetUserAccess>().RunAsync(other.Id, open: false));
        await DoAsync(slug, async s =>
        {
            var queries = s.GetRequiredService<AuditQueries>();
            var all = await queries.ListAsync(null, null, new("", false, 1, 50), TestContext.Current.CancellationToken);
            Assert.Equal(["Person closed", "Person role changed"], all.Items.Select(e => e.What));
            Assert.Equal([new Difference("Role", "Marketer", "MarketerReadOnly")], all.Items[1].Differences);
            Assert.Single((await queries.ListAsync(null, null, new("", false, 2, 1), TestContext.Current.CancellationToken)).Items);
            Assert.Equal(2, (await queries.ListAsync("OTHER", "person", new("", false, 1, 50), TestContext.Current.CancellationToken)).Total);
            Assert.Equal(0, (await queries.ListAsync("%", null, new("", false, 1, 50), TestContext.Current.CancellationToken)).Total);
            Assert.Equal(["person"], await queries.KindsAsync(TestContext.Current.CancellationToken));
        });
    }

    private async Task<(string Slug, PortalUser Admin)> ClientAsync(string slug)
    {
        var tenant = await app.AddClientAsync(slug, slug);
        return (slug, await app.AddPersonAsync($"admin@{slug}.example", UserRole.ClientAdmin, tenant.Id));
    }

    private async Task DoAsync(string slug, Func<IServiceProvider, Task> deed)
    {
        await using var scope = await app.EnterAsync($"admin@{slug}.example", slug);
        await deed(scope.ServiceProvider);
    }

    private Task<RefusedException> RefusedAsync(string slug, Func<IServiceProvider, Task> deed) => Assert.ThrowsAsync<RefusedException>(() => DoAsync(slug, deed));
}
