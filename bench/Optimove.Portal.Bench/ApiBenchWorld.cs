using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Metrics;
using Optimove.Portal.PartnerApi;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Bench;

/// <summary>The API behind a real HTTP server, over one client with a million customers of 30 attributes and a client key that meets no limit of calls.</summary>
public sealed class ApiBenchWorld : IAsyncDisposable
{
    public const int Customers = 1_000_000, ChannelNumber = 505;
    private readonly WebApplication _app;

    private ApiBenchWorld(WebApplication app, TenantScope tenant) => (_app, Tenant) = (app, tenant);

    public TenantScope Tenant { get; }
    public HttpClient Http { get; private set; } = null!;

    public static async Task<ApiBenchWorld> CreateAsync(BenchCluster cluster)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var options = new DatabaseOptions(cluster.ConnectionString.Replace("Pooling=false", "Pooling=true", StringComparison.Ordinal), new byte[32], "bench");
        builder.Services.AddTenancy().AddData(options, development: false).AddProviders(o => o.AllowLoopback = true);
        builder.Services.AddCustomers().AddTargetGroups().AddChannels().AddCampaigns().AddSending().AddDeliveryMetrics().AddPartnerApi();
        var app = builder.Build();
        await app.Services.GetRequiredService<PrepareDatabase>().RunAsync();
        await using var scope = app.Services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var tenant = new Tenant { Slug = "bench", Name = "Bench", TimeZone = "Europe/Paris", Currency = "EUR", AssignmentKey = new byte[32], CreatedAt = TimeProvider.System.GetUtcNow() };
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync();
        await app.Services.GetRequiredService<ProvisionTenant>().RunAsync(tenant.Id);
        app.UsePartnerApi();
        await app.StartAsync();
        var world = new ApiBenchWorld(app, tenant.ToScope());
        await world.InTenantAsync(world.FillAsync);
        var issued = await world.InTenantAsync(s => s.GetRequiredService<IssueCredential>().RunAsync(new() { Kind = CredentialKind.Client, Name = "Bench", CallsPerWindow = 10_000 }));
        world.Http = new() { BaseAddress = new(app.Urls.First()), Timeout = TimeSpan.FromMinutes(5) };
        world.Http.DefaultRequestHeaders.Add("X-API-KEY", issued.Key);
        return world;
    }

    public async Task<T> InTenantAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(Tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsJob("bench");
        return await work(scope.ServiceProvider);
    }

    /// <summary>Runs SQL as the client's role.</summary>
    public Task<int> RunAsync(string sql) => InTenantAsync(async s =>
    {
        await using var connection = await s.GetRequiredService<TenantDatabase>().OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync();
    });

    /// <summary>A write that must be answered with an empty 200.</summary>
    public async Task PostAsync(string path, byte[] json)
    {
        using var body = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await Http.PostAsync(path, body);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<bool> FillAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        db.CustomerAttributes.AddRange(CustomerFile.Attributes.Select(a => new CustomerAttribute { Field = a.Field, Name = a.Name, Type = a.Type, Length = a.Length, CreatedAt = TimeProvider.System.GetUtcNow() }));
        await db.SaveChangesAsync();
        await services.GetRequiredService<SavePartnerChannel>().RunAsync(null, new() { ChannelId = ChannelNumber, Name = "Bench SMS", Kind = Channel.Sms });
        var columns = CustomerFile.Attributes.OrderBy(a => a.Type == AttributeType.Text).ToList();
        await RunAsync($"""
            drop table customers;
            create table customers ({string.Join(", ", columns.Where(a => a.Type != AttributeType.Text).Select(a => $"{a.Field} {Type(a)}"))}, customer_id text, {string.Join(", ", columns.Where(a => a.Type == AttributeType.Text).Select(a => $"{a.Field} {Type(a)}"))});
            insert into customers (customer_id, {string.Join(", ", columns.Select(a => a.Field))})
            select 'C' || lpad(n::text, 9, '0'), {string.Join(", ", columns.Select((a, i) => Value(a, i + 2)))} from generate_series(1, {Customers}) n;
            alter table customers add primary key (customer_id);
            analyze
            """);
        return true;
    }

    internal static string Type(AttributeColumn attribute) => attribute.Type switch
    {
        AttributeType.Integer => "int4",
        AttributeType.Date => "date",
        AttributeType.Timestamp => "timestamptz",
        AttributeType.Boolean => "boolean",
        AttributeType.Decimal => "numeric(19,4)",
        _ => $"varchar({attribute.Length})",
    };

    private static string Value(AttributeColumn attribute, int seed) => attribute.Type switch
    {
        AttributeType.Integer => $"n % {seed * 10}",
        AttributeType.Date => $"date '2020-01-01' + n % {seed * 100}",
        AttributeType.Timestamp => $"timestamptz '2020-01-01' + n % {seed * 100} * interval '1 day'",
        AttributeType.Boolean => $"n % {seed} = 0",
        AttributeType.Decimal => $"n % {seed * 97}",
        _ => $"left('Word ' || n % {seed * 11}, {attribute.Length})",
    };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
