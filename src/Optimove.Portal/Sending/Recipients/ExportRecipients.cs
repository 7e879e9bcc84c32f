using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Accounts;
using Optimove.Portal.Data;
using Optimove.Portal.Shell.Exports;

namespace Optimove.Portal.Sending.Recipients;

/// <summary>The recipients of an occurrence as a CSV file, with the filters of the page; streamed, whatever its size.</summary>
public static class ExportRecipients
{
    public static void MapRecipientExport(this IEndpointRouteBuilder routes) =>
        routes.MapTenant().MapGet("/campaigns/{id:int}/{date}/recipients.csv", async (
            int id, string date, string? fate, string? reason, string? q, IDbContextFactory<PortalDb> databases, RecipientQueries recipients, CancellationToken cancellation) =>
        {
            if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Results.NotFound();
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var occurrence = await db.Occurrences.Where(o => o.CampaignId == id && o.Date == day).Select(o => (int?)o.Id).SingleOrDefaultAsync(cancellation);
            if (occurrence is not { } found) return Results.NotFound();
            var filter = new RecipientFilter(Known(fate), Given(reason), Given(q));
            return Results.Stream(body => WriteAsync(body, recipients.StreamAsync(found, filter, cancellation: cancellation)), "text/csv; charset=utf-8", $"recipients-{id}-{date}.csv");
        });

    private static async Task WriteAsync(Stream body, IAsyncEnumerable<RecipientLine> lines)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 * 1024, leaveOpen: true);
        var csv = new SafeCsv(writer);
        await csv.WriteAsync("customer_id", "address", "fate", "reason", "call");
        await foreach (var line in lines) await csv.WriteAsync(line.CustomerId, line.Address, line.Fate, line.Reason, line.Chunk?.ToString(CultureInfo.InvariantCulture));
    }

    private static string? Known(string? fate) => RecipientFate.All.Contains(fate) ? fate : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
