using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.PartnerApi;
using Optimove.Portal.Tests.Sending.Faults;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Tests.Sending.Triggers.Handover;

/// <summary>A provider's twin over HTTP with the customers C-1 to C-1000, a connection of acme's to it, and an event that sets campaigns off.</summary>
internal sealed class HandoverWorld : IAsyncDisposable
{
    public const int Customers = 1000;
    private static int _made;

    private HandoverWorld(ApiHouse house, TwinHost twin, Outside outside, IssuedSecrets client) => (House, Twin, Outside, Client) = (house, twin, outside, client);

    public ApiHouse House { get; }
    public TwinHost Twin { get; }
    public Outside Outside { get; }
    public IssuedSecrets Client { get; }
    public TenantScope Tenant => House.Acme;
    public string Visit { get; } = $"visit_{Guid.NewGuid():N}";
    public int VisitId { get; private set; }
    public int ConnectionId { get; private set; }
    public int ActionId { get; private set; }
    public string Name { get; private set; } = "";
    public FaultSwitches Faults => Outside.Provider == "appboy" ? Twin.World.Appboy("test").Faults : Twin.World.MobilePush("test").Faults;
    public IReadOnlyDictionary<string, int> Deliveries => Outside.Deliveries(Twin.World);
    public long Calls => Outside.Provider == "appboy" ? Twin.World.Appboy("test").Log.CountOf("POST /campaigns/trigger/send") : Twin.World.MobilePush("test").Log.CountOf("POST /push/v1/messageContact/{messageId}/send");

    public static async Task<HandoverWorld> CreateAsync(ApiHouse house, Outside outside)
    {
        var twins = new TwinWorld(TimeProvider.System);
        var template = outside.Arrange(twins, Customers);
        var world = new HandoverWorld(house, await TwinHost.StartAsync(twins), outside, await house.IssueAsync(house.Acme));
        await world.FillAsync(template);
        world.VisitId = await house.DefineAsync(house.Acme, world.Visit);
        return world;
    }

    public Task<TriggeredCampaign> LiveAsync(Func<TriggerDraft, TriggerDraft>? arrange = null, int times = 1) => House.LiveAsync(Tenant, new([new(VisitId, TriggerHouse.Anything)], times, null, null), d =>
        (arrange ?? (x => x))(d with { ChannelId = ExecutionChannel.Of(ConnectionId), ActionId = ActionId }));

    public Task ReportAsync(params string[] customers) => House.ReportAsync(Client, [.. customers.Select(c => House.Event(Visit, c, parameters: """{"page":"/shoes","amount":2.5,"member":true}"""))]);

    /// <summary>The next turn of the job.</summary>
    public Task SendAsync() => House.InAsync(Tenant, s => s.GetRequiredService<SendTriggered>().RunAsync(TestContext.Current.CancellationToken));

    public Task<int> DecideAsync(int campaign, bool again) => AskAsync(s => s.GetRequiredService<DecideUnknownSends>().RunAsync(campaign, null, again, TestContext.Current.CancellationToken));

    public Task<HandoverView> ViewAsync(int campaign, TenantScope? tenant = null) => AskAsync(s => s.GetRequiredService<HandoverQueries>().ReadAsync(campaign, TestContext.Current.CancellationToken), tenant);

    /// <summary>"C-1 accepted, C-2 waiting": every message of the campaign, in order.</summary>
    public async Task<string> StatesAsync(int campaign) =>
        await House.App.Database.AskAsync<string>($"select string_agg(customer_id || ' ' || state, ', ' order by id) from {Tenant.Schema}.triggered_sends where campaign_id = {campaign}") ?? "";

    public Task RunAsync(string sql) => House.App.Database.RunAsync($"set search_path = {Tenant.Schema}, public; {sql}");

    public Task ForgetWorldAsync() => House.InAsync(Tenant, s => { s.GetRequiredService<KnownTriggers>().Forget(Tenant.Id); return Task.CompletedTask; });

    public async Task<T> AskAsync<T>(Func<IServiceProvider, Task<T>> ask, TenantScope? tenant = null)
    {
        T? answer = default;
        await House.InAsync(tenant ?? Tenant, async s => answer = await ask(s));
        return answer!;
    }

    /// <summary>Another key from now on, for example a wrong one.</summary>
    public Task SecretsAsync(object secrets) => House.InAsync(Tenant, async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        (await db.Connections.SingleAsync(c => c.Id == ConnectionId)).Secrets = s.GetRequiredService<TenantSecrets>().Protect(JsonSerializer.Serialize(secrets));
        await db.SaveChangesAsync();
    });

    public ValueTask DisposeAsync() => Twin.DisposeAsync();

    private async Task FillAsync(string template)
    {
        await RunAsync($"""
            alter table customers add column if not exists contact_key varchar(40), add column if not exists first_name varchar(40);
            insert into customers (customer_id, contact_key, first_name) select 'C-' || n, 'C-' || n, 'Ann ' || n from generate_series(1, {Customers}) n on conflict do nothing;
            insert into customer_apps (customer_id, app_id) select 'C-' || n, '{SendingWorld.App}' from generate_series(1, {Customers}) n on conflict do nothing
            """);
        await House.InAsync(Tenant, async s =>
        {
            await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var now = TimeProvider.System.GetUtcNow();
            if (!await db.CustomerAttributes.AnyAsync(a => a.Field == "contact_key"))
            {
                db.CustomerAttributes.Add(new() { Field = "contact_key", Name = "Contact Key", Type = AttributeType.Text, Length = 40, Purpose = AttributePurpose.ContactKey, CreatedAt = now });
                db.CustomerAttributes.Add(new() { Field = "first_name", Name = "First name", Type = AttributeType.Text, Length = 40, CreatedAt = now });
            }
            Name = $"Provider {Interlocked.Increment(ref _made)}";
            var settings = JsonSerializer.SerializeToNode(Outside.Settings)!.AsObject();
            if (Outside.Provider == "appboy") settings["TriggerAttributes"] = "first_name";
            var connection = db.Connections.Add(new()
            {
                Provider = Outside.Provider, Name = Name, CreatedAt = now, TwinAddress = Outside.Address(Twin).ToString(), Settings = settings.ToJsonString(),
                Secrets = s.GetRequiredService<TenantSecrets>().Protect(JsonSerializer.Serialize(Outside.Secrets)),
            }).Entity;
            await db.SaveChangesAsync();
            var (scope, subject) = Outside.Template;
            var row = db.Templates.Add(new() { ConnectionId = connection.Id, ProviderId = template, ScopeId = scope, ScopeName = "Shop", Platform = "iOS", Name = "Spring", Subject = subject, FirstSeenAt = now, LastSeenAt = now }).Entity;
            await db.SaveChangesAsync();
            (ConnectionId, ActionId) = (connection.Id, row.Id);
        });
    }
}
