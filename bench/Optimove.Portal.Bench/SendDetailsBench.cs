using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Executions;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Bench;

/// <summary>
/// GetCustomerSendDetailsByChannel over HTTP: 250,000 rows with two attributes in pages of 10,000. The last page against the first, and all together
/// against COPY of the same rows.
/// </summary>
public static class SendDetailsBench
{
    private const double MostLast = 1.2, MostAll = 3;
    private const int Size = 250_000, Page = 10_000;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("BENCH_ROUNDS"), out var rounds) ? rounds : 7;

    public static async Task<bool> RunAsync()
    {
        await using var cluster = await BenchCluster.StartAsync();
        await using var world = await ApiBenchWorld.CreateAsync(cluster);
        var fields = new[] { AttributeType.Text, AttributeType.Integer }.Select(t => CustomerFile.Attributes.First(a => a.Type == t).Field).ToList();
        var (campaign, channel) = await PlantAsync(world);
        var path = $"/current/customers/GetCustomerSendDetailsByChannel?CampaignID={campaign}&ChannelID={channel}&CustomerAttributes={string.Join(';', fields)}&$top={Page}&$skip=";
        Console.WriteLine($"send-details: {Size:N0} people of {ApiBenchWorld.Customers:N0} with 2 attributes, pages of {Page:N0}; {Rounds} rounds, medians");
        List<double> first = [], last = [], all = [], copied = [];
        for (var round = -2; round < Rounds; round++)
        {
            var copy = await CopyAsync(world, campaign, fields);
            var pages = await PagesAsync(world.Http, path);
            if (round < 0) continue; // the first rounds warm server and JIT
            copied.Add(copy);
            (List<double> of, double value)[] parts = [(first, pages[0]), (last, pages[^1]), (all, pages.Sum())];
            foreach (var (of, value) in parts) of.Add(value);
        }
        var (tail, whole) = (Median(last) / Median(first), Median(all) / Median(copied));
        Console.WriteLine($"  first page {Median(first):F0} ms   last page {Median(last):F0} ms   {tail:F2}   (limit {MostLast})");
        Console.WriteLine($"  copy (same query) to stdout {Median(copied):F0} ms   all pages {Median(all):F0} ms   {whole:F2}   (limit {MostAll})");
        return tail <= MostLast && whole <= MostAll;
    }

    private static async Task<List<double>> PagesAsync(HttpClient http, string path)
    {
        var (took, rows) = (new List<double>(), 0);
        for (var skip = 0; skip < Size; skip += Page)
        {
            var clock = Stopwatch.StartNew();
            var page = await http.GetByteArrayAsync(path + skip);
            took.Add(clock.Elapsed.TotalMilliseconds);
            rows += page.AsSpan().Count("\"CustomerID\""u8);
        }
        return rows == Size ? took : throw new InvalidOperationException($"The pages hold {rows} rows of {Size}.");
    }

    private static Task<double> CopyAsync(ApiBenchWorld world, int campaign, List<string> fields) => world.InTenantAsync(async s =>
    {
        await using var connection = await s.GetRequiredService<TenantDatabase>().OpenAsync();
        var clock = Stopwatch.StartNew();
        await using var copy = await connection.BeginRawBinaryCopyAsync($"""
            copy (select r.customer_id, 7 as template, '2024-05-02 09:30:00'::text as at, {string.Join(", ", fields.Select(f => $"c.{f}::text"))}
            from recipients_{campaign} r left join customers c on c.customer_id = r.customer_id where r.chunk is not null order by r.customer_id) to stdout (format binary)
            """);
        var buffer = new byte[1 << 16];
        while (await copy.ReadAsync(buffer, CancellationToken.None) > 0)
        {
        }
        return clock.Elapsed.TotalMilliseconds;
    });

    private static Task<(int Campaign, int Channel)> PlantAsync(ApiBenchWorld world) => world.InTenantAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var connection = db.Connections.Add(new() { Provider = "mailchimp", Name = "Bench", Settings = "{}", CreatedAt = now }).Entity;
        await db.SaveChangesAsync();
        var template = db.Templates.Add(new() { ConnectionId = connection.Id, ProviderId = "7", Name = "Bench", FirstSeenAt = now, LastSeenAt = now }).Entity;
        await db.SaveChangesAsync();
        var campaign = db.Campaigns.Add(new() { Name = "Bench", State = CampaignState.Scheduled, ConnectionId = connection.Id, TemplateId = template.Id, CreatedBy = "bench", CreatedAt = now, SavedAt = now }).Entity;
        await db.SaveChangesAsync();
        var occurrence = db.Occurrences.Add(new()
        {
            CampaignId = campaign.Id, Date = world.Tenant.DayOf(now), SendAt = now, Zone = "UTC", LocksAt = now, State = OccurrenceState.Measuring, MeasurementDays = 7,
            ConnectionId = connection.Id, TemplateId = template.Id, DispatchId = "bench", CreatedAt = now, ListedAt = now, PushStartedAt = now, Considered = Size,
        }).Entity;
        await db.SaveChangesAsync();
        // In the order in which a list is made: that of the customers.
        await world.RunAsync($"""
            create table recipients_{occurrence.Id} (like recipients including defaults, check (occurrence_id = {occurrence.Id}));
            insert into recipients_{occurrence.Id} (occurrence_id, chunk, customer_id) select {occurrence.Id}, 1, customer_id from customers where right(customer_id, 1) in ('1', '4', '7') limit {Size};
            create unique index on recipients_{occurrence.Id} (customer_id);
            alter table recipients attach partition recipients_{occurrence.Id} for values in ({occurrence.Id});
            analyze recipients_{occurrence.Id}
            """);
        return (occurrence.Id, (await s.GetRequiredService<ExecutionQueries>().FindAsync(occurrence.Id, CancellationToken.None))!.ChannelId);
    });

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
