using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Analysis;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Metrics;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Metrics;

/// <summary>Two clients in one database, a stand-in for the provider, and campaigns that went out. Times of the first are in Paris.</summary>
public sealed class MeasuringHouse(TestCluster cluster) : IAsyncLifetime
{
    public static readonly TenantScope First = new(1, "aurelia", "Aurelia", "Europe/Paris", "EUR"), Second = new(2, "other", "Other", "UTC", "USD");
    private ServiceProvider _services = null!;

    internal StandInProvider Provider { get; } = new();
    public TestDatabase Database { get; } = new(cluster);
    public ManualTimeProvider Clock { get; } = new("2026-05-14 08:05");

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddTenancy().AddData(Database.Options, development: false)
            .AddChannels().AddSending().AddDeliveryMetrics().AddAnalysis().AddSingleton<IProvider>(Provider).AddSingleton<ProviderCatalog>();
        services.AddSingleton<TimeProvider>(Clock);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        await Database.RunAsync("""
            insert into tenants (id, slug, name, time_zone, currency, kpi, nightly_at, assignment_key, created_at)
            values (1, 'aurelia', 'Aurelia', 'Europe/Paris', 'EUR', 'Revenue', '02:00', decode(repeat('01', 32), 'hex'), now()),
                   (2, 'other', 'Other', 'UTC', 'USD', 'Revenue', '02:00', decode(repeat('02', 32), 'hex'), now())
            """);
        foreach (var tenant in new[] { 1, 2 }) await _services.GetRequiredService<ProvisionTenant>().RunAsync(tenant, TestContext.Current.CancellationToken);
    }

    /// <summary>Does work inside a client, in a scope of its own.</summary>
    public async Task<T> AsAsync<T>(TenantScope tenant, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsPerson(7, "Sofia Marin", ActorKind.Client, mayEdit: true, mayAdministrate: false);
        return await work(scope.ServiceProvider);
    }

    /// <summary>Adds a campaign that went out to the recipients of a query (customer_id, fate), all of whom are customers.</summary>
    public async Task<Occurrence> SentAsync(string recipients, Action<Occurrence>? change = null, TenantScope? tenant = null, string sendAt = "2026-05-14 08:00Z", string name = "VIP early access")
    {
        var client = tenant ?? First;
        var occurrence = await AsAsync(client, s => AddAsync(s, client, change, DateTimeOffset.Parse(sendAt, System.Globalization.CultureInfo.InvariantCulture), name));
        await Database.RunAsync($"""
            set search_path = t{client.Id};
            create table recipients_{occurrence.Id} partition of recipients for values in ({occurrence.Id});
            insert into recipients (occurrence_id, customer_id, chunk, reason, address)
            select {occurrence.Id}, customer_id, case when fate = 'send' then 1 end, case when fate = 'excluded' then 'opted out of e-mail' end, customer_id || '@mail.example' from ({recipients}) list (customer_id, fate);
            insert into customers (customer_id) select customer_id from recipients where occurrence_id = {occurrence.Id} on conflict do nothing;
            update public.occurrences o set considered = r.considered, excluded = r.excluded, control = r.control, accepted = r.considered - r.excluded - r.control
            from (select count(*)::int as considered, (count(*) filter (where reason is not null))::int as excluded, (count(*) filter (where chunk is null and reason is null))::int as control from recipients where occurrence_id = {occurrence.Id}) r
            where o.id = {occurrence.Id};
            insert into public.send_steps (tenant_id, occurrence_id, name, chunk, recipients, rejections, state, tries, started_at) values ({client.Id}, {occurrence.Id}, 'members/1', 1, 1, 0, 'Accepted', 1, now());
            """);
        return await FreshAsync(occurrence.Id, client);
    }

    /// <summary>Adds purchases given as a query (customer_id, occurred_at, amount), and the import that brought them.</summary>
    public async Task BoughtAsync(string purchases, TenantScope? tenant = null)
    {
        var client = tenant ?? First;
        await Database.RunAsync($"insert into t{client.Id}.transactions (customer_id, occurred_at, amount) select customer_id, occurred_at, amount from ({purchases}) bought (customer_id, occurred_at, amount)");
        await ImportedAsync(client);
    }

    public Task ImportedAsync(TenantScope tenant) => AsAsync(tenant, async s =>
    {
        await using var db = await OpenAsync(s);
        db.ImportRuns.Add(new()
        {
            Kind = ImportKind.Transactions, FileName = "transactions.csv", StartedBy = "night", StartedAt = Clock.GetUtcNow(), FinishedAt = Clock.GetUtcNow(), DataDate = tenant.DayOf(Clock.GetUtcNow()), State = ImportState.Done,
        });
        return await db.SaveChangesAsync();
    });

    public Task<Occurrence> FreshAsync(int id, TenantScope? tenant = null) => AsAsync(tenant ?? First, async s =>
    {
        await using var db = await OpenAsync(s);
        return await db.Occurrences.AsNoTracking().Include(o => o.Campaign).SingleAsync(o => o.Id == id);
    });

    public static Task<PortalDb> OpenAsync(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();

    private static async Task<Occurrence> AddAsync(IServiceProvider services, TenantScope tenant, Action<Occurrence>? change, DateTimeOffset sendAt, string name)
    {
        await using var db = await OpenAsync(services);
        var at = sendAt.AddDays(-1);
        var group = db.TargetGroups.Add(new() { Name = $"Group {Guid.NewGuid():N}", Rule = """{"version":1,"rule":{"kind":"all","rules":[]}}""", CreatedAt = at, CreatedBy = "Sofia", ChangedAt = at, ChangedBy = "Sofia" }).Entity;
        var connection = await db.Connections.FirstOrDefaultAsync() ?? db.Connections.Add(new() { Provider = "standin", Name = "E-mail", Settings = "{}", CreatedAt = at }).Entity;
        await db.SaveChangesAsync();
        var campaign = db.Campaigns.Add(new() { Name = name, State = CampaignState.Scheduled, TargetGroupId = group.Id, ConnectionId = connection.Id, CreatedAt = at, CreatedBy = "Sofia", SavedAt = at, ScheduledAt = at, ScheduledBy = "Sofia" }).Entity;
        await db.SaveChangesAsync();
        var occurrence = new Occurrence
        {
            CampaignId = campaign.Id, Date = tenant.DayOf(sendAt), SendAt = sendAt, Zone = tenant.TimeZone, WallTime = new(10, 0), LocksAt = at, State = OccurrenceState.Measuring,
            ControlShare = 0.10m, MeasurementDays = 30, ConnectionId = connection.Id, ProviderTemplateId = "1", DispatchId = $"opt-{campaign.Id}", CreatedAt = at, ListedAt = at, HandedOverAt = sendAt,
        };
        change?.Invoke(occurrence);
        db.Occurrences.Add(occurrence);
        await db.SaveChangesAsync();
        return occurrence;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
