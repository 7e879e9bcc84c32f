using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.TargetGroups;

/// <summary>
/// Two clients in one database. The first has 400 customers of 17 June 2026, every tenth value missing, with purchases and wishes;
/// the second has three customers. The clock stands at 09:12 of that day in Paris.
/// </summary>
public sealed class Shop(TestCluster cluster) : IAsyncLifetime
{
    public const int First = 1, Second = 2, Customers = 400;

    private ServiceProvider _services = null!;

    public TestDatabase Database { get; } = new(cluster);
    public ManualTimeProvider Clock { get; } = new("2026-06-17 07:12");

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        var services = new ServiceCollection().AddLogging().AddTenancy().AddData(Database.Options, development: false).AddTargetGroups();
        services.AddSingleton<TimeProvider>(Clock);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        await Database.RunAsync("""
            insert into tenants (id, slug, name, time_zone, currency, kpi, nightly_at, assignment_key, created_at)
            values (1, 'aurelia', 'Aurelia', 'Europe/Paris', 'EUR', 'Revenue', '02:00', decode(repeat('01', 32), 'hex'), now()),
                   (2, 'other', 'Other', 'UTC', 'USD', 'Revenue', '02:00', decode(repeat('02', 32), 'hex'), now())
            """);
        var provision = _services.GetRequiredService<ProvisionTenant>();
        foreach (var tenant in new[] { First, Second })
        {
            await provision.RunAsync(tenant, TestContext.Current.CancellationToken);
            await Database.RunAsync($"""
                alter table t{tenant}.customers add age int, add score numeric(19,4), add member boolean, add joined_on date, add seen_at timestamptz,
                  add first_name varchar(40), add email varchar(80), add country varchar(2);
                insert into customer_attributes (tenant_id, field, name, type, length, personalisation, by_api, purpose, created_at)
                values ({tenant}, 'age', 'Age', 'Integer', null, false, false, 'None', now()), ({tenant}, 'score', 'Score', 'Decimal', null, false, false, 'None', now()),
                       ({tenant}, 'member', 'Member', 'Boolean', null, false, false, 'None', now()), ({tenant}, 'joined_on', 'Joined', 'Date', null, false, false, 'None', now()),
                       ({tenant}, 'seen_at', 'Last seen', 'Timestamp', null, false, false, 'None', now()), ({tenant}, 'first_name', 'First name', 'Text', 40, false, false, 'FirstName', now()),
                       ({tenant}, 'email', 'E-mail', 'Text', 80, false, false, 'EmailAddress', now()), ({tenant}, 'country', 'Country', 'Text', 2, false, false, 'None', now());
                """);
            await AsAsync(tenant, async services =>
            {
                await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
                db.ImportRuns.Add(new() { Kind = ImportKind.Customers, FileName = "customers.csv", StartedBy = "night", StartedAt = Clock.GetUtcNow().AddHours(-7), FinishedAt = Clock.GetUtcNow().AddHours(-6), DataDate = new(2026, 6, 17), State = ImportState.Done });
                await db.SaveChangesAsync();
            });
        }
        await Database.RunAsync("""
            insert into t1.customers (customer_id, age, score, member, joined_on, seen_at, first_name, email, country)
            select 'C-' || lpad(n::text, 4, '0'), case when n % 10 <> 1 then 18 + n % 60 end, case when n % 10 <> 2 then n / 4.0 end, case when n % 10 <> 3 then n % 2 = 0 end,
              case when n % 10 <> 4 then date '2026-06-17' - n end, case when n % 10 <> 5 then timestamptz '2026-06-17 12:00Z' - n * interval '7 hours' end,
              case when n % 10 <> 6 then 'Name' || n end, case when n % 10 <> 7 then 'person' || n || '@shop.example' end,
              case when n % 10 = 8 then '' when n % 10 <> 9 then (array['FR', 'BE', 'LU', 'DE'])[1 + n % 4] end
            from generate_series(1, 400) n;
            insert into t1.transactions (customer_id, occurred_at, amount, currency)
            select 'C-' || lpad(n::text, 4, '0'), timestamptz '2026-06-17 10:00Z' - (n * k % 500) * interval '1 day', n % 37 + k, 'EUR' from generate_series(1, 400) n, generate_series(1, 3) k where n % 3 > 0;
            insert into t1.channel_preferences select 'C-' || lpad(n::text, 4, '0'), 'email', n % 5 > 0, 'file', now() from generate_series(1, 400) n where n % 4 > 0;
            insert into t2.customers (customer_id, country) values ('X-1', 'FR'), ('X-2', 'BE'), ('C-0001', null);
            """);
    }

    /// <summary>Does work as a marketer of a client, in a scope of its own.</summary>
    public async Task<T> AsAsync<T>(int tenant, Func<IServiceProvider, Task<T>> work, bool mayEdit = true, string name = "Sofia Marin")
    {
        await using var scope = _services.CreateAsyncScope();
        Enter(scope.ServiceProvider, tenant, mayEdit, name);
        return await work(scope.ServiceProvider);
    }

    public Task AsAsync(int tenant, Func<IServiceProvider, Task> work, bool mayEdit = true) =>
        AsAsync(tenant, async s =>
        {
            await work(s);
            return true;
        }, mayEdit);

    public Task<SavedGroup> SaveAsync(string name, Rule rule, int? id = null, uint version = 0, int tenant = First, string by = "Sofia Marin") =>
        AsAsync(tenant, s => s.GetRequiredService<SaveTargetGroup>().RunAsync(new(id, version, name, rule), TestContext.Current.CancellationToken), name: by);

    /// <summary>The sentence with which the product says no.</summary>
    public static async Task<string> RefusalAsync(Func<Task> deed) => (await Assert.ThrowsAsync<RefusedException>(deed)).Message;

    public static void Enter(IServiceProvider services, int tenant, bool mayEdit = true, string name = "Sofia Marin")
    {
        services.GetRequiredService<TenantContext>().Enter(tenant == First ? new(First, "aurelia", "Aurelia", "Europe/Paris", "EUR") : new(Second, "other", "Other", "UTC", "USD"));
        services.GetRequiredService<Actor>().ActAsPerson(7, name, ActorKind.Client, mayEdit, mayAdministrate: false);
    }

    public static Rule Country(params string[] values) => new AttributeRule("country", Operator.IsAnyOf, [.. values.Select(v => new TextValue(v))]);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
