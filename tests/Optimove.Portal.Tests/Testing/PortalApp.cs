using System.Security.Claims;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Optimove.Portal.Accounts;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Tests.Testing;

/// <summary>The real portal over a database of its own, without its jobs: two clients, acme and globex, and somebody of every role.</summary>
public sealed class PortalApp(TestCluster cluster) : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly string _mail = Path.Combine(Path.GetTempPath(), "optimove-mail-" + Guid.NewGuid().ToString("N")[..8]);
    private WebApplicationFactory<Program>? _factory;

    public TestDatabase Database { get; } = new(cluster);
    public IServiceProvider Services => Factory.Services;
    public string MailFolder => _mail;
    private WebApplicationFactory<Program> Factory => _factory ?? throw new InvalidOperationException("The portal starts with the test class.");

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        _factory = Start("Development");
        var acme = await AddClientAsync("acme", "Acme Coffee");
        var globex = await AddClientAsync("globex", "Globex");
        await AddPersonAsync("marketer@acme.example", UserRole.Marketer, acme.Id);
        await AddPersonAsync("reader@acme.example", UserRole.MarketerReadOnly, acme.Id);
        await AddPersonAsync("admin@acme.example", UserRole.ClientAdmin, acme.Id);
        await AddPersonAsync("marketer@globex.example", UserRole.Marketer, globex.Id);
        await AddPersonAsync("csm@staff.example", UserRole.CustomerSuccess, null);
        await AddPersonAsync("chief@staff.example", UserRole.StaffAdmin, null);
    }

    /// <summary>A second process of the portal on the same database.</summary>
    public WebApplicationFactory<Program> Start(string environment) => new WebApplicationFactory<Program>().WithWebHostBuilder(b =>
    {
        b.UseEnvironment(environment);
        b.UseSetting("ConnectionStrings:Portal", Database.ConnectionString);
        b.UseSetting("Portal:Key", Convert.ToBase64String(Database.Options.MasterKey));
        b.UseSetting("Portal:Environment", Database.Options.Environment);
        b.UseSetting("Portal:Address", "https://localhost");
        b.UseSetting("Mail:Folder", _mail);
        b.UseSetting("Demo", "false");
        b.ConfigureTestServices(services =>
        {
            foreach (var job in services.Where(s => s.ServiceType == typeof(IHostedService) && (s.ImplementationType?.Namespace ?? "").StartsWith("Quartz", StringComparison.Ordinal)).ToList()) services.Remove(job);
        });
    });

    /// <summary>A browser that keeps cookies and follows no redirect by itself.</summary>
    public Browser Open() => new(Factory.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://localhost") }));

    /// <summary>A program that calls the portal.</summary>
    public HttpClient CreateClient() => Factory.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://localhost") });

    public async Task<Browser> OpenAsAsync(string email)
    {
        var browser = Open();
        var answer = await browser.SubmitAsync("/sign-in", "sign-in", new() { ["Form.Email"] = email, ["Form.Password"] = Password });
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    public async Task<TenantScope> AddClientAsync(string slug, string name)
    {
        await using var scope = Services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var tenant = new Tenant { Slug = slug, Name = name, TimeZone = "Europe/Paris", Currency = "EUR", AssignmentKey = new byte[32], CreatedAt = DateTimeOffset.UnixEpoch };
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync();
        await Services.GetRequiredService<ProvisionTenant>().RunAsync(tenant.Id);
        return tenant.ToScope();
    }

    public async Task<PortalUser> AddPersonAsync(string email, UserRole role, int? tenantId)
    {
        await using var scope = Services.CreateAsyncScope();
        var user = new PortalUser { UserName = email, Email = email, FullName = email.Split('@')[0] + " person", Role = role, TenantId = tenantId, CreatedAt = DateTimeOffset.UnixEpoch };
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>().CreateAsync(user, Password);
        Assert.True(made.Succeeded, string.Join(' ', made.Errors.Select(e => e.Description)));
        return user;
    }

    /// <summary>The person as their cookie describes them.</summary>
    public async Task<ClaimsPrincipal> PersonAsync(string email)
    {
        await using var scope = Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>().FindByEmailAsync(email);
        return await scope.ServiceProvider.GetRequiredService<SignInManager<PortalUser>>().CreateUserPrincipalAsync(user!);
    }

    /// <summary>A scope that this person has entered the client in, as a request or circuit would.</summary>
    public async Task<AsyncServiceScope> EnterAsync(string email, string slug)
    {
        var scope = Services.CreateAsyncScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<TenantDoor>().RunAsync(slug, await PersonAsync(email)), $"{email} finds no door to {slug}.");
        return scope;
    }

    public async Task<bool> MayEnterAsync(string email, string slug)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TenantDoor>().RunAsync(slug, await PersonAsync(email));
    }

    /// <summary>Runs a use case in a scope of its own, outside every client.</summary>
    public async Task DoAsync<T>(Func<T, Task> work) where T : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async Task<string[]> AuditAsync(string slug)
    {
        await using var command = Database.Owner.CreateCommand($"select action from audit_entries a join tenants t on t.id = a.tenant_id where t.slug = '{slug}' order by a.id");
        await using var reader = await command.ExecuteReaderAsync();
        var actions = new List<string>();
        while (await reader.ReadAsync()) actions.Add(reader.GetString(0));
        return [.. actions];
    }

    public async ValueTask DisposeAsync()
    {
        if (_factory is not null) await _factory.DisposeAsync();
        await Database.DisposeAsync();
        if (Directory.Exists(_mail)) Directory.Delete(_mail, recursive: true);
    }
}
