using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Mailboxes;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Metrics;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Bench;

/// <summary>A migrated portal database with one client of a million customers: addresses, opt-outs (5 %), shared mailboxes (0.5 %).</summary>
public sealed class SendingBenchWorld : IAsyncDisposable
{
    public const int Customers = 1_000_000;
    private readonly ServiceProvider _services;

    private SendingBenchWorld(ServiceProvider services, TenantScope tenant) => (_services, Tenant) = (services, tenant);

    public TenantScope Tenant { get; }
    public CustomerAttribute Email { get; private set; } = null!;

    public static async Task<SendingBenchWorld> CreateAsync(BenchCluster cluster)
    {
        var options = new DatabaseOptions(cluster.ConnectionString.Replace("Pooling=false", "Pooling=true", StringComparison.Ordinal), new byte[32], "bench");
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging(l => l.SetMinimumLevel(LogLevel.None));
        services.AddTenancy().AddData(options, development: false).AddProviders(o => o.AllowLoopback = true);
        services.AddCustomers().AddTargetGroups().AddChannels().AddCampaigns().AddSending().AddDeliveryMetrics();
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<PrepareDatabase>().RunAsync();
        await using var scope = provider.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var tenant = new Tenant { Slug = "bench", Name = "Bench", TimeZone = "Europe/Paris", Currency = "EUR", AssignmentKey = new byte[32], CreatedAt = TimeProvider.System.GetUtcNow() };
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync();
        await provider.GetRequiredService<ProvisionTenant>().RunAsync(tenant.Id);
        var world = new SendingBenchWorld(provider, tenant.ToScope());
        await world.InTenantAsync(world.FillAsync);
        return world;
    }

    public async Task<T> InTenantAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(Tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsJob("bench");
        return await work(scope.ServiceProvider);
    }

    /// <summary>A campaign to the first <paramref name="size"/> customers by score, through a twin, due now.</summary>
    public Task<int> AddCampaignAsync(int size, Uri twin, string apiKey, string listId) => InTenantAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var group = db.TargetGroups.Add(new() { Name = $"Group {Guid.NewGuid():N}", Rule = RuleJson.Write(Below(size)), CreatedAt = now, ChangedAt = now, CreatedBy = "bench", ChangedBy = "bench" }).Entity;
        var connection = db.Connections.Add(new()
        {
            Provider = "mailchimp", Name = $"MailChimp {Guid.NewGuid():N}", CreatedAt = now, TwinAddress = twin.ToString(),
            Settings = JsonSerializer.Serialize(new { ListId = listId, FromName = "Bench", ReplyTo = "news@bench.example" }),
            Secrets = s.GetRequiredService<TenantSecrets>().Protect(JsonSerializer.Serialize(new { ApiKey = apiKey })),
        }).Entity;
        await db.SaveChangesAsync();
        var template = db.Templates.Add(new() { ConnectionId = connection.Id, ProviderId = "7", Name = "Bench", Subject = "Bench", FirstSeenAt = now, LastSeenAt = now }).Entity;
        await db.SaveChangesAsync();
        var campaign = db.Campaigns.Add(new()
        {
            Name = "Bench", State = CampaignState.Scheduled, CreatedBy = "bench", CreatedAt = now, SavedAt = now, ControlShare = 0,
            TargetGroupId = group.Id, ConnectionId = connection.Id, TemplateId = template.Id,
        }).Entity;
        await db.SaveChangesAsync();
        var sendAt = new DateTimeOffset(now.UtcDateTime.Date.AddHours(now.Hour + 6), TimeSpan.Zero);
        var occurrence = db.Occurrences.Add(new()
        {
            CampaignId = campaign.Id, Date = Tenant.DayOf(sendAt), SendAt = sendAt, Zone = Tenant.TimeZone, LocksAt = now.AddMinutes(-5), State = OccurrenceState.Scheduled,
            DispatchId = $"bench-{campaign.Id}", CreatedAt = now,
        }).Entity;
        await db.SaveChangesAsync();
        return occurrence.Id;
    });

    public static Rule Below(int size) => new All([new AttributeRule("score", Operator.LessThan, [size / (Customers / 1000)])]);

    private async Task<bool> FillAsync(IServiceProvider services)
    {
        await using (var connection = await services.GetRequiredService<TenantDatabase>().OpenAsync())
        {
            await using var command = new NpgsqlCommand($"""
                drop table customers;
                create table customers (score int, {Columns("int", 6)}, {Columns("date", 5)}, {Columns("boolean", 3)}, {Columns("numeric(19,4)", 5)}, customer_id text, email varchar(120), {Columns("varchar(60)", 9)});
                insert into customers
                select (n * 7919::bigint % 1000)::int, {Values("n % {0}0 ", 6)}, {Values("date '2020-01-01' + n % {0}00", 5)}, {Values("n % {0} = 0", 3)}, {Values("n % 9{0}7", 5)}, 'C' || lpad(n::text, 9, '0'),
                       'customer' || (n - (n % 200 = 0)::int) || '@mail' || (n - (n % 200 = 0)::int) % 7 || '.example', {Values("'Word ' || n % {0}1", 9)}
                from generate_series(1, {Customers}) n;
                alter table customers add primary key (customer_id);
                insert into channel_preferences select customer_id, 'email', false, 'file', now() from customers where score % 20 = 3;
                analyze
                """, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
            await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var now = TimeProvider.System.GetUtcNow();
            Email = new() { Field = "email", Name = "E-mail", Type = AttributeType.Text, Length = 120, Purpose = AttributePurpose.EmailAddress, CreatedAt = now };
            db.CustomerAttributes.AddRange(Email, new CustomerAttribute { Field = "score", Name = "Score", Type = AttributeType.Integer, CreatedAt = now });
            db.ImportRuns.Add(new() { FileName = "customers.csv", StartedBy = "bench", StartedAt = now, DataDate = Tenant.DayOf(now), State = ImportState.Done });
            await db.SaveChangesAsync();
            await RefreshSharedMailboxes.RunAsync(connection, Email, CancellationToken.None);
        }
        return true;
    }

    // With score and email, 30 attributes of the kinds and number that the other benchmarks have.
    private static string Columns(string type, int count) => string.Join(", ", Enumerable.Range(1, count).Select(n => $"{type[..3]}_{n} {type}"));

    private static string Values(string expression, int count) => string.Join(", ", Enumerable.Range(2, count).Select(n => string.Format(System.Globalization.CultureInfo.InvariantCulture, expression, n)));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
