using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Tenancy;

/// <summary>Two tenants on one database; the first has one row in each table that belongs to tenants, made from the model.</summary>
public sealed class TwoTenants(TestCluster cluster) : IAsyncLifetime
{
    private ServiceProvider? _services;

    public TestDatabase Database { get; } = new(cluster);
    public TenantScope A { get; private set; } = null!;
    public TenantScope B { get; private set; } = null!;
    public IReadOnlyList<IEntityType> Owned { get; private set; } = [];
    public NpgsqlDataSource App => Services.GetRequiredService<NpgsqlDataSource>();
    public PreparedDatabase Prepared => Services.GetRequiredService<PreparedDatabase>();
    private ServiceProvider Services => _services ?? throw new InvalidOperationException("The tenants are made when the test class starts.");

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        var services = new ServiceCollection();
        services.AddLogging().AddTenancy().AddData(Database.Options, development: false);
        services.AddSingleton<Microsoft.Extensions.Hosting.IHostEnvironment>(new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = "Production" });
        _services = services.BuildServiceProvider();
        (A, B) = (await AddAsync("a"), await AddAsync("b"));
        await using var scope = Enter(A);
        await using var db = await DbAsync(scope);
        Owned = [.. db.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(ITenantOwned)))];
        var made = new Dictionary<IEntityType, object>();
        foreach (var entity in Owned) await MakeAsync(db, entity, made);
    }

    public static string TableOf(IEntityType entity) => $"public.\"{entity.GetTableName()}\"";

    public AsyncServiceScope Enter(TenantScope tenant)
    {
        var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant);
        return scope;
    }

    public AsyncServiceScope EnterNobody() => Services.CreateAsyncScope();

    public static Task<PortalDb> DbAsync(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();

    public Task<NpgsqlConnection> OpenAsync(TenantScope tenant) => new TenantDatabase(App, Prepared, ContextOf(tenant)).OpenAsync();

    public Task<NpgsqlConnection> OpenPreparedAsync(TenantScope tenant) => new TenantDatabase(App, Prepared, ContextOf(tenant)).OpenPreparedAsync();

    /// <summary>The SQL state of the refusal; null where the statement went through. Nothing of it stays.</summary>
    public static async Task<string?> RefusalAsync(NpgsqlConnection connection, string sql, object? parameter = null)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        if (parameter is not null) command.Parameters.Add(new() { Value = parameter });
        try
        {
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException e)
        {
            return e.SqlState;
        }
    }

    public static async Task<T> AskAsync<T>(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static TenantContext ContextOf(TenantScope tenant)
    {
        var context = new TenantContext();
        context.Enter(tenant);
        return context;
    }

    private async Task<TenantScope> AddAsync(string slug)
    {
        await using var scope = Services.CreateAsyncScope();
        await using var db = await DbAsync(scope);
        var tenant = new Tenant { Slug = "tenant-" + slug, Name = slug, TimeZone = "UTC", Currency = "EUR", AssignmentKey = new byte[32] };
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync();
        await Services.GetRequiredService<ProvisionTenant>().RunAsync(tenant.Id);
        return tenant.ToScope();
    }

    // The smallest row that the model allows, after the rows that it refers to.
    private static async Task<object> MakeAsync(PortalDb db, IEntityType entity, Dictionary<IEntityType, object> made)
    {
        if (made.TryGetValue(entity, out var known)) return known;
        var row = Activator.CreateInstance(entity.ClrType)!;
        var foreign = new HashSet<IProperty>();
        foreach (var key in entity.GetForeignKeys().Where(k => k.PrincipalEntityType.ClrType.IsAssignableTo(typeof(ITenantOwned)) && k.PrincipalEntityType != entity))
        {
            var principal = await MakeAsync(db, key.PrincipalEntityType, made);
            foreach (var (property, target) in key.Properties.Zip(key.PrincipalKey.Properties).Where(p => p.First.Name != nameof(ITenantOwned.TenantId)))
            {
                property.PropertyInfo!.SetValue(row, target.PropertyInfo!.GetValue(principal));
                foreign.Add(property);
            }
        }
        foreach (var property in entity.GetProperties().Where(p => !foreign.Contains(p) && p.PropertyInfo is not null && !p.IsNullable && !p.IsConcurrencyToken
            && p.Name != nameof(ITenantOwned.TenantId) && p.ValueGenerated == ValueGenerated.Never)) property.PropertyInfo!.SetValue(row, Smallest(property));
        db.Add(row);
        await db.SaveChangesAsync();
        return made[entity] = row;
    }

    private static object Smallest(IProperty property) => property.ClrType switch
    {
        var t when t == typeof(string) => property.GetColumnType() == "jsonb" ? "{}" : "x",
        var t when t == typeof(byte[]) => new byte[1],
        var t when t == typeof(DateOnly) => new DateOnly(2026, 6, 18),
        var t when t == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch,
        var t when t.IsArray => Array.CreateInstance(t.GetElementType()!, 0),
        var t => Activator.CreateInstance(t)!,
    };
}
