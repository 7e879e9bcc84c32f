using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Channels;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.DryRun;
using Optimove.Portal.Sending.Lists;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Sending.Faults;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.DryRun;

/// <summary>A client with a draft through one provider whose connection leads nowhere: a call to it would be seen as a failure.</summary>
internal sealed class DryRunWorld : IAsyncDisposable
{
    public const string Secret = "real0secret0that0nobody0may0see";
    private static int _worlds;
    private readonly SendingWorld _world;
    private readonly TestDatabase _database;

    private DryRunWorld(SendingWorld world, TestDatabase database) => (_world, _database) = (world, database);

    public int Campaign { get; private set; }
    public TenantScope Tenant => _world.Tenant;

    public static async Task<DryRunWorld> CreateAsync(TestDatabase database, DryRunCase through, int customers)
    {
        var world = await SendingWorld.CreateAsync(database, customers, slug: $"{through.Provider}-{Interlocked.Increment(ref _worlds)}");
        var made = new DryRunWorld(world, database);
        await made.SqlAsync("""
            alter table customers add column contact_key text, add column first_name text;
            update customers set contact_key = 'key-' || customer_id, first_name = 'Ann "' || customer_id;
            update customers set email = null, contact_key = null where customer_id in ('C-1', 'C-2', 'C-3');
            insert into customer_apps select customer_id, 'shop-ios' from customers where customer_id <> 'C-4';
            insert into channel_preferences values ('C-5', 'email', false, 'file', now()), ('C-5', 'push', false, 'file', now())
            """);
        made.Campaign = await world.InTenantAsync(s => made.DraftAsync(s, through));
        return made;
    }

    public Task<DryRunReport> RunAsync() => RunAsync(new Progress<DryRunProgress>(), TestContext.Current.CancellationToken);

    public Task<DryRunReport> RunAsync(IProgress<DryRunProgress> progress, CancellationToken cancellation) => _world.InTenantAsync(s => s.GetRequiredService<RehearseCampaign>().RunAsync(Campaign, progress, cancellation));

    /// <summary>The connection's settings as a twin is given them.</summary>
    public Task<JsonObject> DisguisedAsync() => _world.InTenantAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return s.GetRequiredService<ConnectionAccess>().Disguise(await db.Connections.OrderBy(c => c.Id).LastAsync());
    });

    /// <summary>Launches the draft, with or without its list; returns the occurrence's id.</summary>
    public Task<int> ScheduleAsync(bool listed) => _world.InTenantAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var campaign = await db.Campaigns.SingleAsync(c => c.Id == Campaign);
        campaign.State = CampaignState.Scheduled;
        var o = new Occurrence { CampaignId = campaign.Id, Zone = Tenant.TimeZone, DispatchId = "", CreatedAt = TimeProvider.System.GetUtcNow() };
        o.Plan(campaign, Tenant, SendPlan.Make(campaign.SendDate!.Value, campaign.SendTime!.Value, Tenant.Zone, new(2, 0), o.CreatedAt));
        db.Occurrences.Add(o);
        await db.SaveChangesAsync();
        return listed ? await ListAsync(s) : o.Id;
    });

    /// <summary>Makes the list of the launched campaign, as the night does.</summary>
    public Task<int> ListAsync() => _world.InTenantAsync(ListAsync);

    private async Task<int> ListAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var o = await db.Occurrences.Include(x => x.Campaign).SingleAsync(x => x.CampaignId == Campaign);
        var plan = await services.GetRequiredService<FreezeOccurrence>().RunAsync(db, o, CancellationToken.None);
        await using var connection = await services.GetRequiredService<TenantDatabase>().OpenAsync();
        var counts = await services.GetRequiredService<MakeList>().RunAsync(connection, plan, CancellationToken.None);
        (o.Considered, o.Excluded, o.Control, o.ListedAt) = (counts.Considered, counts.Excluded, counts.Control, TimeProvider.System.GetUtcNow());
        await db.SaveChangesAsync();
        return o.Id;
    }

    /// <summary>Every row of the tables that a hand-over writes, as one text a table.</summary>
    public async Task<string[]> RowsAsync()
    {
        var tables = new[] { "occurrences", "send_steps", "pace_accounts", "campaigns", "connections", "audit_entries", "templates" };
        var rows = await Task.WhenAll(tables.Select(async t => $"{t} {await _database.AskAsync<string>($"select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {t} t")}"));
        return [.. rows, .. await TextsAsync("select 'recipients ' || count(*) || ' ' || coalesce(md5(string_agg(r::text, '|' order by r::text)), '') from recipients r"),
            .. await TextsAsync("select 'rejections ' || count(*) from recipient_rejections"), .. await TextsAsync("select 'tables ' || count(*) from pg_tables where schemaname = current_schema()")];
    }

    public Task<List<string>> TextsAsync(string sql) => _world.InTenantAsync(async s =>
    {
        await using var connection = await s.GetRequiredService<TenantDatabase>().OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    });

    public Task<int> SqlAsync(string sql) => _world.InTenantAsync(async s =>
    {
        await using var connection = await s.GetRequiredService<TenantDatabase>().OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    });

    private async Task<int> DraftAsync(IServiceProvider services, DryRunCase through)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (field, purpose) in new[] { ("contact_key", AttributePurpose.ContactKey), ("first_name", AttributePurpose.None) })
            db.CustomerAttributes.Add(new() { Field = field, Name = field, Type = AttributeType.Text, Length = 120, Purpose = purpose, CreatedAt = now });
        var connected = db.Connections.Add(new()
        {
            // Nobody listens there.
            Provider = through.Provider, Name = through.Provider, CreatedAt = now, TwinAddress = "http://127.0.0.1:1/",
            Settings = through.Settings, Secrets = services.GetRequiredService<TenantSecrets>().Protect(through.Secrets),
        }).Entity;
        await db.SaveChangesAsync();
        var template = db.Templates.Add(new()
        {
            ConnectionId = connected.Id, ProviderId = through.Template, Name = through.TemplateName, Subject = "Spring is here", Html = "<p>Spring</p>", ScopeId = through.Scope, ScopeName = through.Scope,
            Platform = "iOS", FirstSeenAt = now, LastSeenAt = now,
        }).Entity;
        await db.SaveChangesAsync();
        var campaign = db.Campaigns.Add(new()
        {
            Name = "Spring", State = CampaignState.Draft, CreatedBy = "test", CreatedAt = now, SavedAt = now, ControlShare = 0.1m, MeasurementDays = 14,
            TargetGroupId = (await db.TargetGroups.SingleAsync()).Id, ConnectionId = connected.Id, TemplateId = template.Id, SendDate = Tenant.DayOf(now).AddDays(2), SendTime = new(10, 0),
        }).Entity;
        await db.SaveChangesAsync();
        return campaign.Id;
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}

/// <summary>A connection to one provider and a template of it.</summary>
/// <param name="Excluded">Of customers 1 to 5, how many cannot get it: three have no address or key, one no app, one opted out.</param>
internal sealed record DryRunCase(string Provider, string Settings, string Secrets, string Template, string TemplateName, string? Scope, int Excluded)
{
    private static string Json(object value) => JsonSerializer.Serialize(value);

    public static IReadOnlyList<DryRunCase> All => [MailChimp, Cheetah, MobilePush, Appboy];

    public static DryRunCase MailChimp { get; } = new("mailchimp", Json(new { ListId = "abc123", FromName = "Shop", ReplyTo = "news@shop.example" }), Json(new { ApiKey = DryRunWorld.Secret + "-us6" }),
        "7", "Spring", null, 4);

    public static DryRunCase Cheetah { get; } = new("cheetah", Json(new
    {
        ApiEndpoint = "https://api.eccmp.com", ClientIdentifier = "client", CustId = "77", PropMapId = "88", FolderId = "99", IdentifierField = "CUSTOMER_ID",
        DataMapFields = "FIRST_NAME; first_name", TimeZone = "Romance_Standard_Time",
    }), Json(new { ConsumerKey = DryRunWorld.Secret, ConsumerSecret = DryRunWorld.Secret + "2" }), "66125", "Spring", null, 1);

    public static DryRunCase MobilePush { get; } = new("mobilepush", Json(new
    {
        Subdomain = "acme", ClientId = "client", Apps = "app-1; Shop", BusinessUnits = "7280001; France; FR_\n7280002; Spain; ES_", ApiTriggeredMark = "2",
    }), Json(new { ClientSecret = DryRunWorld.Secret }), "7280002/NjoxMTQ6MA", "ES_Spring", "app-1", 4);

    public static DryRunCase Appboy { get; } = new("appboy", Json(new { Host = "https://rest.iad-03.braze.com", AppGroups = "other; Other; other-ios\ngroup-1; Shop; shop-ios" }),
        Json(new { RestKeys = $"group-1; {DryRunWorld.Secret}" }), "campaign-1", "Spring", "group-1", 2);
}
