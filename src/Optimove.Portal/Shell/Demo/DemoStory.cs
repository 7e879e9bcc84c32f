using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Metrics;
using Optimove.Portal.Sending.Running;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Shell.Demo;

/// <summary>
/// Plays a campaign of the demo client through the product itself at the time it happened: list, hand-over, seven readings. What a test customer
/// buys afterwards depends on what the twin says of the letter, so that the analysis finds a real effect and not a written one.
/// </summary>
internal sealed class DemoStory(
    IDbContextFactory<PortalDb> databases, ImportFile import, AdvanceOccurrences advance, CollectMetrics metrics, RecordGroupSizes sizes, TenantContext tenant)
{
    public async Task ImportAsync(DemoData data, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        await ImportAsync(DemoFiles.Customers(data.Customers, data.PurchasesById, to), "customers.csv", ImportKind.Customers, cancellation);
        await ImportAsync(DemoFiles.Transactions(data.Purchases.Where(p => p.Day >= from && p.Day <= to)), "transactions.csv", ImportKind.Transactions, cancellation);
        await ImportAsync(DemoFiles.Subscriptions(data.Customers), "subscriptions.csv", ImportKind.Subscriptions, cancellation);
        await ImportAsync(DemoFiles.Apps(data.Customers), "customer_apps.csv", ImportKind.CustomerApps, cancellation);
        await sizes.RunAsync(cancellation);
    }

    /// <summary>Schedules a campaign as the wizard would, locking at once when its night is past.</summary>
    public async Task<Occurrence> ScheduleAsync(DemoCampaign plan, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var sendAt = WallClock.ToInstant(plan.Day, plan.Time, tenant.Current.Zone);
        var campaign = db.Campaigns.Add(new()
        {
            Name = plan.Name, State = CampaignState.Scheduled, CreatedBy = "Sofia Marin", ScheduledBy = "Sofia Marin", CreatedAt = now, SavedAt = now, ScheduledAt = now,
            TargetGroupId = await db.TargetGroups.Where(g => g.Name == plan.Group).Select(g => (int?)g.Id).SingleAsync(cancellation),
            ConnectionId = await db.Connections.Where(c => c.Provider == "mailchimp").Select(c => (int?)c.Id).SingleAsync(cancellation),
            TemplateId = await db.Templates.Where(t => t.ProviderId == plan.Template).Select(t => (int?)t.Id).SingleAsync(cancellation),
            ControlShare = plan.Control, MeasurementDays = plan.MeasurementDays, SendDate = plan.Day, SendTime = plan.Time,
        }).Entity;
        await db.SaveChangesAsync(cancellation);
        var night = WallClock.LastAtOrBefore(sendAt.AddHours(-1), new(2, 0), tenant.Current.Zone);
        var occurrence = db.Occurrences.Add(new()
        {
            CampaignId = campaign.Id, Date = plan.Day, SendAt = sendAt, Zone = tenant.Current.TimeZone, WallTime = plan.Time, LocksAt = night > now ? night : now,
            State = OccurrenceState.Scheduled, DispatchId = $"opt-{tenant.Current.Id}-{campaign.Id}-{plan.Day:yyyyMMdd}", CreatedAt = now,
            ControlShare = plan.Control, MeasurementDays = plan.MeasurementDays, ConnectionId = campaign.ConnectionId!.Value, TemplateId = campaign.TemplateId!.Value,
        }).Entity;
        await db.SaveChangesAsync(cancellation);
        return occurrence;
    }

    public Task AdvanceAsync(CancellationToken cancellation) => advance.RunAsync(cancellation);

    public Task MeasureAsync(CancellationToken cancellation) => metrics.RunAsync(cancellation);

    /// <summary>Who was handed over in an occurrence.</summary>
    public async Task<HashSet<string>> MailedAsync(int occurrenceId, TenantDatabase database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new Npgsql.NpgsqlCommand("""
            select r.customer_id from recipients r left join recipient_rejections j on j.occurrence_id = r.occurrence_id and j.customer_id = r.customer_id
            where r.occurrence_id = $1 and r.chunk is not null and j.customer_id is null
            """, connection) { Parameters = { new() { Value = occurrenceId } } };
        var mailed = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) mailed.Add(reader.GetString(0));
        return mailed;
    }

    /// <summary>When each customer was last sent a push.</summary>
    public async Task<Dictionary<string, DateTimeOffset>> PushedAsync(TenantDatabase database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var pushed = await connection.ListAsync("select customer_id, max(decided_at) from trigger_decisions where fate = 'sent' group by 1", r => (Customer: r.GetString(0), At: r.GetFieldValue<DateTimeOffset>(1)), cancellation);
        return pushed.ToDictionary(p => p.Customer, p => p.At);
    }

    private async Task ImportAsync(Stream file, string name, ImportKind kind, CancellationToken cancellation)
    {
        var run = await import.RunAsync(file, name, kind, ImportSource.Folder, file.Length, cancellation);
        if (run.State is not ImportState.Done) throw new InvalidOperationException($"The demo's {name} was not accepted: {run.Sentence}");
    }
}

/// <summary>A campaign of the demo client.</summary>
/// <param name="Template">The twin's template id.</param>
internal sealed record DemoCampaign(string Name, string Group, string Template, DateOnly Day, TimeOnly Time, decimal Control, int MeasurementDays);

/// <summary>The demo shop's customers and what they have bought so far.</summary>
internal sealed class DemoData(int count, DateOnly today)
{
    public IReadOnlyList<DemoCustomer> Customers { get; } = [.. DemoPeople.Make(count, today)];
    public IReadOnlyList<DemoPurchase> Purchases { get; private set; } = [];
    public ILookup<string, DemoPurchase> PurchasesById { get; private set; } = Array.Empty<DemoPurchase>().ToLookup(p => "");

    public void Take(IEnumerable<DemoPurchase> purchases)
    {
        Purchases = [.. Purchases, .. purchases];
        PurchasesById = Purchases.ToLookup(p => p.Customer.Id);
    }
}
