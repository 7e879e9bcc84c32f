using System.Globalization;
using Optimove.Portal.Sending.Triggers.Deciding;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Sending.Triggers.Ingestion;

namespace Optimove.Portal.Shell.Demo;

/// <summary>
/// Visits of the demo shop that meet the trigger of the push: events, decisions and messages go through the product, so that its analysis finds what
/// the messages did.
/// </summary>
internal sealed class DemoVisits(ReportEvents report, DecideEvents decide, SendTriggered send, TimeProvider clock)
{
    private const int OneWeekOf = 12, First = 500;
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(3);

    /// <summary>Lets a twelfth of those who have the app look twice at what is new, another twelfth each week; the first 500 customers are left to whoever tries the demo.</summary>
    public async Task RunAsync(IEnumerable<DemoCustomer> customers, int week, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var visitors = customers.Where(c => c.App == DemoCustomer.Ios && c.Number > First && c.Number / 10 % OneWeekOf == week % OneWeekOf).ToList();
        foreach (var some in visitors.SelectMany(v => new[] { Visit(v, now - Apart, 1), Visit(v, now, 2) }).Chunk(ReportEvents.Most))
        {
            while (!await report.RunAsync(some, checkOnly: false)) await decide.RunAsync(cancellation);
        }
        await decide.RunAsync(cancellation);
        await send.RunAsync(cancellation);
    }

    private static EventInput Visit(DemoCustomer customer, DateTimeOffset at, int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"visit-{at:yyyyMMdd}-{customer.Number}-{number}"), "page_visit", customer.Id,
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), new Dictionary<string, object?> { ["page"] = "/new/arrivals", ["seconds"] = 20m + customer.Number % 90 });
}
