using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Connections;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.MailChimp;

namespace Optimove.Portal.Tests.Channels;

/// <summary>Channels on a real database and a real twin over HTTP, with two tenants; every test uses an account of its own at the twin.</summary>
public sealed class ChannelsHouse(TestCluster cluster) : IAsyncLifetime
{
    public const string ListId = "a1b2c3d4e5";
    public const string Key = "0123456789abcdef0123456789abcdef-us6";

    private readonly TestDatabase _database = new(cluster);
    private readonly CollectedLines _log = new();
    private TwinHost? _twin;
    private ServiceProvider? _services;
    private int _accounts;

    public TenantScope Ours { get; private set; } = null!;
    public TenantScope Others { get; private set; } = null!;
    public TestDatabase Database => _database;
    public string Logged => _log.All;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _twin = await TwinHost.StartAsync(new TwinWorld(TimeProvider.System));
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Portal:OutgoingAddresses", "198.51.100.14, 198.51.100.15")]).Build());
        services.AddLogging(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        services.AddTenancy().AddData(_database.Options, development: false);
        services.AddProviders(o => (o.AllowLoopback, o.Retries) = (true, 0)).AddChannels();
        _services = services.BuildServiceProvider(validateScopes: true);
        Ours = await TenantAsync("ours");
        Others = await TenantAsync("others");
        await _database.RunAsync($"alter table {Ours.Schema}.customers add column email varchar(120)");
        await _database.RunAsync($"insert into {Ours.Schema}.customers (customer_id, email) select 'C' || n, 'customer' || n || '@mail.test' from generate_series(1, 300) n");
        await InAsync(Ours, async s =>
        {
            await using var db = await DbAsync(s);
            db.CustomerAttributes.Add(new() { Field = "email", Name = "E-mail", Type = Targeting.AttributeType.Text, Length = 120, Purpose = Portal.Customers.AttributePurpose.EmailAddress, CreatedAt = TimeProvider.System.GetUtcNow() });
            return await db.SaveChangesAsync();
        });
    }

    /// <summary>A new account at the twin: a list with the tenant's customers, a verified domain, two good templates and one of the new builder.</summary>
    public MailChimpAccount Account()
    {
        var account = _twin!.World.AddMailChimp($"a{Interlocked.Increment(ref _accounts)}", Key);
        account.AddList(ListId, "Shop");
        account.AddMembers(ListId, Enumerable.Range(1, 300).Select(n => $"customer{n}@mail.test"));
        account.AddDomain("shop.test");
        account.AddTemplate(new() { Id = 1, Name = "Spring", Html = "<!doctype html><p>Spring is here</p><script>alert(1)</script>" });
        account.AddTemplate(new() { Id = 2, Name = "Autumn", Html = "<p>Autumn</p>" });
        account.AddTemplate(new() { Id = 3, Name = "Gala", ContentType = "multichannel" });
        return account;
    }

    /// <summary>An account of the same name with nothing in it.</summary>
    public MailChimpAccount Emptied(MailChimpAccount account) => _twin!.World.AddMailChimp(account.Name, account.ApiKey);

    public ConnectionDraft Draft(MailChimpAccount account, string? key = Key, string listId = ListId, int? id = null) => new()
    {
        Id = id, Provider = "mailchimp", Name = $"MailChimp {account.Name}", Twin = _twin!.MailChimp(account.Name),
        Values = new Dictionary<string, string?> { ["ApiKey"] = key, ["ListId"] = listId, ["FromName"] = "Shop", ["ReplyTo"] = "news@shop.test" },
    };

    /// <summary>A connection to an account, saved.</summary>
    public async Task<int> ConnectAsync(MailChimpAccount account) =>
        (await InAsync(Ours, s => s.GetRequiredService<SaveConnection>().RunAsync(Draft(account)))).Id!.Value;

    /// <summary>Does something as a client admin, in a scope of its own.</summary>
    public Task<T> InAsync<T>(TenantScope tenant, Func<IServiceProvider, Task<T>> work) => InAsync(tenant, mayAdministrate: true, work);

    public async Task<T> InAsync<T>(TenantScope tenant, bool mayAdministrate, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _services!.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsPerson(7, "Ana Ruiz", ActorKind.Client, mayEdit: true, mayAdministrate);
        return await work(scope.ServiceProvider);
    }

    public Task InAsync(TenantScope tenant, Func<IServiceProvider, Task> work) => InAsync(tenant, async s =>
    {
        await work(s);
        return 0;
    });

    public static Task<PortalDb> DbAsync(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();

    /// <summary>A scheduled campaign that goes through a connection.</summary>
    public Task ScheduleAsync(string name, int connectionId, int? templateId = null) => InAsync(Ours, async s =>
    {
        await using var db = await DbAsync(s);
        var now = TimeProvider.System.GetUtcNow();
        var campaign = db.Campaigns.Add(new() { Name = name, State = Portal.Campaigns.CampaignState.Scheduled, CreatedBy = "Ana", CreatedAt = now, SavedAt = now, ConnectionId = connectionId, TemplateId = templateId }).Entity;
        db.Occurrences.Add(new()
        {
            Campaign = campaign, Date = new(2030, 1, 1), SendAt = now.AddDays(1), Zone = "Europe/Paris", WallTime = new(10, 0), LocksAt = now, DispatchId = $"opt-{name}",
            State = Portal.Campaigns.OccurrenceState.Scheduled, CreatedAt = now,
        });
        await db.SaveChangesAsync();
    });

    private async Task<TenantScope> TenantAsync(string slug)
    {
        await using var scope = _services!.CreateAsyncScope();
        await using var db = await DbAsync(scope.ServiceProvider);
        var tenant = new Tenant { Slug = slug, Name = slug, TimeZone = "Europe/Paris", Currency = "EUR", AssignmentKey = new byte[32], CreatedAt = TimeProvider.System.GetUtcNow() };
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync();
        await scope.ServiceProvider.GetRequiredService<ProvisionTenant>().RunAsync(tenant.Id, CancellationToken.None);
        return tenant.ToScope();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        if (_twin is not null) await _twin.DisposeAsync();
        await _database.DisposeAsync();
    }
}
