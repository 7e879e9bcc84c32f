using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Customers;

/// <summary>The stage Customers on a real database, with a clock that stands and a watched folder; every test takes a client of its own.</summary>
public sealed class ClientHouse(TestCluster cluster) : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "optimove-house-" + Guid.NewGuid().ToString("N")[..8]);
    private ServiceProvider? _services;
    private int _clients;

    public TestDatabase Database { get; } = new(cluster);
    public ManualTimeProvider Clock { get; } = new("2026-06-17 07:12");
    public string Files => Path.Combine(_folder, "files");
    public IServiceProvider Services => _services ?? throw new InvalidOperationException("The house is built when the test class starts.");

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTenancy().AddData(Database.Options, development: false);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddCustomers();
        services.Configure<ImportOptions>(o => (o.Root, o.Spool) = (Files, Path.Combine(_folder, "spool")));
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>A client with an e-mail address, names, a country and a number, and nobody in it.</summary>
    public async Task<Client> ClientAsync(bool attributes = true)
    {
        var slug = $"client-{Interlocked.Increment(ref _clients)}";
        await using var scope = Services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var tenant = new Tenant { Slug = slug, Name = slug, TimeZone = "Europe/Paris", Currency = "EUR", AssignmentKey = new byte[32] };
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync();
        await Services.GetRequiredService<ProvisionTenant>().RunAsync(tenant.Id);
        var client = new Client(this, tenant.ToScope());
        if (attributes) await client.AddAsync(Client.Usual);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        await Database.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>One client of the house, worked on by a client admin unless a test says otherwise.</summary>
public sealed class Client(ClientHouse house, TenantScope tenant)
{
    public static AttributeDraft[] Usual =>
    [
        new() { Field = "email", Name = "E-mail", Length = 120, Purpose = AttributePurpose.EmailAddress },
        new() { Field = "first_name", Name = "First name", Length = 60, Purpose = AttributePurpose.FirstName },
        new() { Field = "last_name", Name = "Last name", Length = 60, Purpose = AttributePurpose.LastName },
        new() { Field = "country", Name = "Country", Length = 2 },
        new() { Field = "visits", Name = "Visits", Type = AttributeType.Integer },
    ];

    public TenantScope Tenant => tenant;
    public string Folder => Directory.CreateDirectory(Path.Combine(house.Files, tenant.Slug)).FullName;

    public Task AddAsync(params AttributeDraft[] drafts) => DoAsync<AddAttributes>(u => u.RunAsync(drafts));

    public Task<ImportRun> ImportAsync(string csv, ImportKind kind = ImportKind.Customers, string? name = null) =>
        GetAsync<ImportFile, ImportRun>(u => u.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), name ?? "customers.csv", kind, ImportSource.Upload, csv.Length));

    /// <summary>So many customers C-1, C-2, ...; a fresh file each minute.</summary>
    public Task<ImportRun> CustomersAsync(int count)
    {
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        return ImportAsync("customer_id,email,first_name,last_name,country,visits\n" + string.Concat(Enumerable.Range(1, count).Select(i =>
            $"C-{i:0000},person{i}@mail.example,{(i % 2 == 0 ? "Anna" : "Bruno")},Keller{i},{(i % 3 == 0 ? "FR" : "DE")},{i}\n")));
    }

    public async Task DoAsync<T>(Func<T, Task> work, bool mayEdit = true, bool mayAdministrate = true) where T : notnull =>
        await GetAsync<T, bool>(async s => { await work(s); return true; }, mayEdit, mayAdministrate);

    public async Task<TResult> GetAsync<T, TResult>(Func<T, Task<TResult>> work, bool mayEdit = true, bool mayAdministrate = true) where T : notnull
    {
        await using var scope = house.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsPerson(7, "Ana Ruiz", ActorKind.Client, mayEdit, mayAdministrate);
        return await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    public Task<TResult> ReadAsync<TResult>(Func<PortalDb, Task<TResult>> read) => GetAsync<IDbContextFactory<PortalDb>, TResult>(async f =>
    {
        await using var db = await f.CreateDbContextAsync();
        return await read(db);
    });

    public Task<ImportRun> RunOfAsync(int id) => ReadAsync(db => db.ImportRuns.AsNoTracking().SingleAsync(r => r.Id == id));

    public Task<string[]> AuditAsync() => ReadAsync(db => db.AuditEntries.OrderBy(a => a.Id).Select(a => a.Action).ToArrayAsync());

    /// <summary>Asks the client's own tables, as owner.</summary>
    public Task<T?> AskAsync<T>(string sql) => house.Database.AskAsync<T>(sql.Replace("{t}", tenant.Schema, StringComparison.Ordinal));

    public Task SqlAsync(string sql) => house.Database.RunAsync(sql.Replace("{t}", tenant.Schema, StringComparison.Ordinal));

    public static byte[] Zipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }
}
