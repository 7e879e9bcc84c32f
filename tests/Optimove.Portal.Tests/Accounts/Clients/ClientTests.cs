using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Accounts.Clients;

public sealed class ClientTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task A_new_client_has_its_secret_its_schema_its_first_admin_and_the_first_line_of_its_log()
    {
        await CreateAsync("bean", "first@bean.example");
        var id = await app.Database.AskAsync<int>("select id from tenants where slug = 'bean'");
        Assert.Equal(32, await app.Database.AskAsync<int>("select length(assignment_key) from tenants where slug = 'bean'"));
        Assert.Equal("customers", await app.Database.AskAsync<string>($"select tablename::text from pg_tables where schemaname = 't{id}' and tablename = 'customers'"));
        Assert.Equal("ClientAdmin", await app.Database.AskAsync<string>("select role from users where email = 'first@bean.example'"));
        Assert.Equal(["client.created", "person.invited"], await app.AuditAsync("bean"));
        Assert.Single(Directory.GetFiles(app.MailFolder), f => File.ReadAllText(f).Contains("first@bean.example", StringComparison.Ordinal));
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(new(id, "bean", "Bean", "Europe/Paris", "EUR"));
        await using var own = await scope.ServiceProvider.GetRequiredService<TenantDatabase>().OpenAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_client_that_cannot_be_made_leaves_nothing_behind()
    {
        var schemas = await app.Database.AskAsync<long>("select count(*) from pg_namespace");
        Assert.Contains("already", (await Assert.ThrowsAsync<RefusedException>(() => CreateAsync("half", "marketer@acme.example"))).Message);
        Assert.Contains("already", (await Assert.ThrowsAsync<RefusedException>(() => CreateAsync("acme", "fresh@half.example"))).Message);
        Assert.Equal(0, await app.Database.AskAsync<long>("select count(*) from tenants where slug = 'half'"));
        Assert.Equal(0, await app.Database.AskAsync<long>("select count(*) from users where email = 'fresh@half.example'"));
        Assert.Equal(schemas, await app.Database.AskAsync<long>("select count(*) from pg_namespace"));
    }

    [Theory]
    [InlineData("staff")]
    [InlineData("account")]
    [InlineData("sign-in")]
    [InlineData("general")]
    [InlineData("customers")]
    [InlineData("integrations")]
    [InlineData("_framework")]
    [InlineData("Acme")]
    [InlineData("-x")]
    [InlineData("x")]
    [InlineData("a b")]
    public async Task Words_of_the_portal_and_malformed_ones_are_no_address_of_a_client(string slug)
    {
        Assert.NotNull(ClientRules.SlugProblem(slug));
        await Assert.ThrowsAsync<RefusedException>(() => CreateAsync(slug, "x@y.example"));
    }

    [Theory]
    [InlineData("Café Noir & Co.", "cafe-noir-co")]
    [InlineData("  ACME  ", "acme")]
    [InlineData("Staff", "staff-client")]
    public void An_address_is_suggested_from_the_name(string name, string slug)
    {
        Assert.Equal(slug, ClientRules.SuggestSlug(name));
        Assert.Null(ClientRules.SlugProblem(slug));
    }

    [Fact]
    public async Task A_change_is_kept_with_before_and_after()
    {
        await app.AddClientAsync("changed", "Before");
        var chief = await app.PersonAsync("chief@staff.example");
        await app.DoAsync<ChangeClient>(c => c.RunAsync(chief, "changed", new() { Name = "After", TimeZone = "Europe/London", Currency = "GBP", NightlyAt = new(3, 30) }));
        Assert.Equal("Before", await app.Database.AskAsync<string>("select before->>'Name' from audit_entries where action = 'client.changed'"));
        Assert.Equal("Europe/London", await app.Database.AskAsync<string>("select after->>'TimeZone' from audit_entries where action = 'client.changed'"));
        await Assert.ThrowsAsync<RefusedException>(() => app.DoAsync<ChangeClient>(c => c.RunAsync(chief, "changed", new() { Name = "After", TimeZone = "Mars/Base", Currency = "GBP" })));
    }

    [Fact]
    public async Task Only_staff_admins_make_change_and_suspend_clients()
    {
        var csm = await app.PersonAsync("csm@staff.example");
        await Assert.ThrowsAsync<RefusedException>(() => app.DoAsync<CreateClient>(c => c.RunAsync(csm, New("csm-made", "a@b.example"))));
        await Assert.ThrowsAsync<RefusedException>(() => app.DoAsync<SuspendClient>(s => s.RunAsync(csm, "acme", null)));
        await Assert.ThrowsAsync<RefusedException>(() => app.DoAsync<AssignCsms>(a => a.RunAsync(csm, "acme", [])));
    }

    [Fact]
    public async Task Staff_admins_see_all_clients_and_a_CSM_those_they_look_after()
    {
        await app.AddClientAsync("seen", "Seen");
        var chief = await app.PersonAsync("chief@staff.example");
        await app.DoAsync<ClientQueries>(async queries => Assert.Superset(new HashSet<string> { "acme", "globex", "seen" },
            (await queries.ListAsync(chief, TestContext.Current.CancellationToken)).Select(l => l.Tenant.Slug).ToHashSet()));
        var csm = await app.PersonAsync("csm@staff.example");
        await app.DoAsync<ClientQueries>(async queries => Assert.Empty(await queries.ListAsync(csm, TestContext.Current.CancellationToken)));
    }

    private async Task CreateAsync(string slug, string email)
    {
        var chief = await app.PersonAsync("chief@staff.example");
        await app.DoAsync<CreateClient>(c => c.RunAsync(chief, New(slug, email), TestContext.Current.CancellationToken));
    }

    private static NewClient New(string slug, string email)
    {
        var client = new NewClient { Slug = slug, FirstName = "First Person", FirstEmail = email };
        client.Facts.Name = "Bean & Co";
        return client;
    }
}
