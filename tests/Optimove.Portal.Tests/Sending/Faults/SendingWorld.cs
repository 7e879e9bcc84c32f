using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Metrics;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.MailChimp;

namespace Optimove.Portal.Tests.Sending.Faults;

/// <summary>A client with customers, a provider's twin and campaigns that are due, on a database of its own.</summary>
internal sealed class SendingWorld : IAsyncDisposable
{
    public const string ListId = "abc123";
    public const string ApiKey = "key0of0the0test-us6";
    /// <summary>Where messages go by push, every customer uses it.</summary>
    public const string App = "shop-ios";
    private readonly ServiceProvider _services;
    private readonly Outside _outside;

    private SendingWorld(ServiceProvider services, TwinHost twin, TenantScope tenant, Outside outside) => (_services, Twin, Tenant, _outside) = (services, twin, tenant, outside);

    public TwinHost Twin { get; }
    public TenantScope Tenant { get; }
    public MailChimpAccount Account => Twin.World.MailChimp("test");

    /// <param name="twinAddress">What the portal is told to call, for example a proxy's address; the twin itself when null.</param>
    /// <param name="outside">The provider; MailChimp when null.</param>
    public static async Task<SendingWorld> CreateAsync(TestDatabase database, int customers, Func<Uri, Task<Uri>>? twinAddress = null, string slug = "shop", Outside? outside = null)
    {
        outside ??= Outside.MailChimp;
        var world = new TwinWorld(TimeProvider.System);
        var template = outside.Arrange(world, customers);
        var twin = await TwinHost.StartAsync(world);
        var services = Services(database.Options);
        var tenant = await TenantAsync(services, slug);
        var made = new SendingWorld(services, twin, tenant, outside);
        var address = outside.Address(twin);
        await made.InTenantAsync(s => made.FillAsync(s, customers, template, twinAddress is null ? address : new Uri(twinAddress(address).Result, address.PathAndQuery)));
        return made;
    }

    /// <summary>Adds a campaign whose list is due now and whose time is in some hours; returns the occurrence's id.</summary>
    public Task<int> AddCampaignAsync(decimal control = 0.1m, DateTimeOffset? locksAt = null) => InTenantAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var sendAt = new DateTimeOffset(now.UtcDateTime.Date.AddHours(now.Hour), TimeSpan.Zero) + (_outside.SendIn is { } soon ? TimeSpan.FromMinutes(now.Minute) + soon : TimeSpan.FromHours(5));
        var campaign = db.Campaigns.Add(new()
        {
            Name = $"Spring {Guid.NewGuid():N}", State = CampaignState.Scheduled, CreatedBy = "test", CreatedAt = now, SavedAt = now, ControlShare = control, MeasurementDays = 14,
            TargetGroupId = (await db.TargetGroups.SingleAsync()).Id, ConnectionId = (await db.Connections.SingleAsync()).Id, TemplateId = (await db.Templates.SingleAsync()).Id,
        }).Entity;
        await db.SaveChangesAsync();
        var occurrence = db.Occurrences.Add(new()
        {
            CampaignId = campaign.Id, Date = Tenant.DayOf(sendAt), SendAt = sendAt, Zone = Tenant.TimeZone, LocksAt = locksAt ?? now.AddMinutes(-5), State = OccurrenceState.Scheduled,
            DispatchId = $"opt-{Tenant.Id}-{campaign.Id}", CreatedAt = now, ControlShare = control, MeasurementDays = 14,
        }).Entity;
        await db.SaveChangesAsync();
        return occurrence.Id;
    });

    /// <summary>Lets the next hand-over begin at once; tests that are about pace keep it.</summary>
    public Task ForgetPaceAsync() => InTenantAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return await db.Set<PaceAccount>().ExecuteDeleteAsync();
    });

    public Task<Occurrence> OccurrenceAsync(int id) => InTenantAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return await db.Occurrences.AsNoTracking().SingleAsync(o => o.Id == id);
    });

    public async Task<T> InTenantAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(Tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsJob("test");
        return await work(scope.ServiceProvider);
    }

    private static ServiceProvider Services(DatabaseOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging(l => l.SetMinimumLevel(LogLevel.None));
        services.AddTenancy().AddData(options, development: false).AddProviders(o => o.AllowLoopback = true);
        services.AddCustomers().AddTargetGroups().AddChannels().AddCampaigns().AddSending().AddDeliveryMetrics();
        return services.BuildServiceProvider();
    }

    private static async Task<TenantScope> TenantAsync(ServiceProvider services, string slug)
    {
        await using var scope = services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var tenant = new Tenant { Slug = slug, Name = slug, TimeZone = "Europe/Paris", Currency = "EUR", AssignmentKey = new byte[32], CreatedAt = TimeProvider.System.GetUtcNow() };
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync();
        await scope.ServiceProvider.GetRequiredService<ProvisionTenant>().RunAsync(tenant.Id);
        return tenant.ToScope();
    }

    private async Task<int> FillAsync(IServiceProvider services, int customers, string template, Uri twin)
    {
        await using (var connection = await services.GetRequiredService<TenantDatabase>().OpenAsync())
        {
            await using var command = new NpgsqlCommand($"""
                alter table customers add column email varchar(120);
                insert into customers (customer_id, email) select 'C-' || n, 'c' || n || '@mail.example' from generate_series(1, {customers}) n
                """, connection);
            await command.ExecuteNonQueryAsync();
            if (_outside.ByPush) await AddPushAsync(connection);
        }
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        db.CustomerAttributes.Add(new() { Field = "email", Name = "E-mail", Type = AttributeType.Text, Length = 120, Purpose = AttributePurpose.EmailAddress, CreatedAt = now });
        if (_outside.ByPush) db.CustomerAttributes.Add(new() { Field = "contact_key", Name = "Contact Key", Type = AttributeType.Text, Length = 40, Purpose = AttributePurpose.ContactKey, CreatedAt = now });
        db.ImportRuns.Add(new() { FileName = "customers.csv", StartedBy = "test", StartedAt = now, DataDate = Tenant.DayOf(now), State = ImportState.Done });
        db.TargetGroups.Add(new() { Name = "Everybody", Rule = RuleJson.Write(new All([])), CreatedAt = now, ChangedAt = now, CreatedBy = "test", ChangedBy = "test" });
        var connected = db.Connections.Add(new()
        {
            Provider = _outside.Provider, Name = "First", CreatedAt = now, TwinAddress = twin.ToString(),
            Settings = JsonSerializer.Serialize(_outside.Settings), Secrets = services.GetRequiredService<TenantSecrets>().Protect(JsonSerializer.Serialize(_outside.Secrets)),
        }).Entity;
        await db.SaveChangesAsync();
        var (scope, subject) = _outside.Template;
        db.Templates.Add(new() { ConnectionId = connected.Id, ProviderId = template, ScopeId = scope, Name = "Spring", Subject = subject, FirstSeenAt = now, LastSeenAt = now });
        return await db.SaveChangesAsync();
    }

    private static async Task AddPushAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand($"""
            alter table customers add column contact_key varchar(40);
            update customers set contact_key = customer_id;
            insert into customer_apps (customer_id, app_id) select customer_id, '{App}' from customers
            """, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Twin.DisposeAsync();
        await _services.DisposeAsync();
    }
}
