using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Channels;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Campaigns;

/// <summary>A client in Paris with ten customers, two groups, a MailChimp connection and four templates, on Tuesday 16 June 2026, 10:00; the night is at 02:00.</summary>
public sealed class CampaignsHouse(TestCluster cluster) : IAsyncLifetime
{
    private const string Start = "2026-06-16 08:00";
    private ServiceProvider? _services;

    public TestDatabase Database { get; } = new(cluster);
    public ManualTimeProvider Clock { get; } = new(Start);
    public TenantScope Tenant { get; private set; } = null!;
    public int Everybody { get; private set; }
    public int Connection { get; private set; }
    /// <summary>Templates: one that can be chosen, one without a subject, one that cannot be sent, one that is gone.</summary>
    public int Good { get; private set; }
    public int NoSubject { get; private set; }
    public int Unusable { get; private set; }
    public int Gone { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddTenancy().AddData(Database.Options, development: false).AddProviders(_ => { });
        services.AddCustomers().AddTargetGroups().AddChannels().AddCampaigns().AddSending();
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_ => Clock));
        _services = services.BuildServiceProvider();
        await FillAsync();
    }

    /// <summary>Sets the clock back to Tuesday 16 June 2026, 10:00 in Paris.</summary>
    public void Reset() => Clock.MoveTo(DateTimeOffset.Parse(Start + "Z", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Does something as a marketer, in a scope of its own.</summary>
    public Task<T> InAsync<T>(Func<IServiceProvider, Task<T>> work) => InAsync("Ana Ruiz", mayEdit: true, work);

    public Task InAsync(Func<IServiceProvider, Task> work) => InAsync(async s =>
    {
        await work(s);
        return 0;
    });

    public async Task<T> InAsync<T>(string person, bool mayEdit, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _services!.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(Tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsPerson(7, person, ActorKind.Client, mayEdit, mayAdministrate: false);
        return await work(scope.ServiceProvider);
    }

    public Task<T> DoAsync<TUseCase, T>(Func<TUseCase, Task<T>> work) where TUseCase : notnull => InAsync(s => work(s.GetRequiredService<TUseCase>()));

    public Task DoAsync<TUseCase>(Func<TUseCase, Task> work) where TUseCase : notnull => InAsync(s => work(s.GetRequiredService<TUseCase>()));

    public Task<T> ReadAsync<T>(Func<PortalDb, Task<T>> read) => InAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return await read(db);
    });

    public Task ChangeAsync(Func<PortalDb, Task> change) => ReadAsync(async db =>
    {
        await change(db);
        return await db.SaveChangesAsync();
    });

    public Task<Campaign> CampaignAsync(int id) => ReadAsync(db => db.Campaigns.AsNoTracking().SingleAsync(c => c.Id == id));

    public Task<Occurrence?> OccurrenceAsync(int campaignId) => ReadAsync(db => db.Occurrences.AsNoTracking().SingleOrDefaultAsync(o => o.CampaignId == campaignId));

    public async Task<SavedChange> SaveAsync(int id, CampaignChange change)
    {
        var version = (await CampaignAsync(id)).Version;
        return await DoAsync<SaveDraft, SavedChange>(s => s.RunAsync(id, version, change));
    }

    /// <summary>A draft that is complete: everybody, the good template, Thursday 18 June at 10:00.</summary>
    public async Task<int> DraftAsync(DateOnly? date = null, TimeOnly? time = null)
    {
        var id = await DoAsync<CreateDraft, int>(c => c.RunAsync(Everybody));
        var saved = await SaveAsync(id, new() { Name = $"June {id}", TemplateId = Good, SendDate = date ?? new(2026, 6, 18), SendTime = time ?? new(10, 0) });
        Assert.Empty(saved.Problems);
        return id;
    }

    public async Task<SendPlan> ScheduleAsync(int id)
    {
        var version = (await CampaignAsync(id)).Version;
        return await DoAsync<ScheduleCampaign, SendPlan>(s => s.RunAsync(id, version));
    }

    /// <summary>A launched campaign's occurrence, brought into a state by the one who arranges the test.</summary>
    public async Task<int> OccurrenceInAsync(Action<Occurrence> arrange)
    {
        var campaign = await DraftAsync();
        await ScheduleAsync(campaign);
        await ChangeAsync(async db => arrange(await db.Occurrences.SingleAsync(o => o.CampaignId == campaign)));
        return campaign;
    }

    private async Task FillAsync()
    {
        await using (var scope = _services!.CreateAsyncScope())
        {
            await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var tenant = new Tenant { Slug = "shop", Name = "Shop", TimeZone = "Europe/Paris", Currency = "EUR", AssignmentKey = new byte[32], CreatedAt = Clock.GetUtcNow() };
            db.Tenants.Add(tenant);
            await db.SaveChangesAsync();
            await scope.ServiceProvider.GetRequiredService<ProvisionTenant>().RunAsync(tenant.Id);
            Tenant = tenant.ToScope();
        }
        await Database.RunAsync($"""
            alter table {Tenant.Schema}.customers add column email varchar(400);
            insert into {Tenant.Schema}.customers (customer_id, email) values
              ('C1', 'one@mail.example'), ('C2', ' Two@Mail.example '), ('C3', null), ('C4', '  '), ('C5', 'no address'), ('C6', 'six@nowhere'),
              ('C7', 'seven@mail.example'), ('C8', 'ONE@mail.example'), ('C9', 'nine@mail.example'), ('C10', 'ten@mail.example'), ('C11', repeat('x', 330) || '@mail.example');
            insert into {Tenant.Schema}.channel_preferences values ('C7', 'email', false, 'test', now()), ('C9', 'email', true, 'test', now());
            insert into {Tenant.Schema}.transactions (customer_id, occurred_at, amount) values ('C1', '2026-06-10', 40), ('C1', '2026-06-11', 10), ('C2', '2026-06-12', 50), ('C3', '2026-01-01', 900);
            """);
        await ChangeAsync(async db =>
        {
            var now = Clock.GetUtcNow();
            db.CustomerAttributes.Add(new() { Field = "email", Name = "E-mail", Type = AttributeType.Text, Length = 400, Purpose = AttributePurpose.EmailAddress, CreatedAt = now });
            db.ImportRuns.Add(new() { Kind = ImportKind.Customers, Source = ImportSource.Folder, FileName = "customers.csv", StartedBy = "night", StartedAt = now, FinishedAt = now, DataDate = new(2026, 6, 16), State = ImportState.Done, RowsLoaded = 11 });
            var group = db.TargetGroups.Add(new() { Name = "Everybody", Rule = RuleJson.Write(new All([])), CreatedAt = now, CreatedBy = "Ana", ChangedAt = now, ChangedBy = "Ana" }).Entity;
            var connection = db.Connections.Add(new() { Provider = "mailchimp", Name = "News", Settings = "{}", CreatedAt = now, CheckedAt = now }).Entity;
            await db.SaveChangesAsync();
            (Everybody, Connection) = (group.Id, connection.Id);
            Template Template(string id, string? subject, string? unusable = null, DateTimeOffset? gone = null) => db.Templates.Add(new()
            {
                ConnectionId = connection.Id, ProviderId = id, Name = id, Subject = subject, Unusable = unusable, GoneAt = gone, Html = "<p>Hello</p>", FirstSeenAt = now, LastSeenAt = now,
            }).Entity;
            var all = new[] { Template("Summer", "Summer is here"), Template("Winter", null), Template("Gala", "Come", "Templates of the new builder cannot be sent by API."), Template("Old", "Old", gone: now) };
            await db.SaveChangesAsync();
            (Good, NoSubject, Unusable, Gone) = (all[0].Id, all[1].Id, all[2].Id, all[3].Id);
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
