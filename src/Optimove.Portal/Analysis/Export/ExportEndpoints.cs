using System.Globalization;
using System.Text;
using Optimove.Portal.Accounts;

namespace Optimove.Portal.Analysis.Export;

/// <summary>The files of a result, below the client's addresses and behind the client's door.</summary>
internal static class ExportEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapTenant();
        group.MapGet("/analysis/{campaignId:int}/{date}/figures.csv", FiguresAsync);
        group.MapGet("/analysis/{campaignId:int}/{date}/recipients.csv", RecipientsAsync);
    }

    private static async Task<IResult> FiguresAsync(int campaignId, string date, ResultQueries queries, CancellationToken cancellation) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && await queries.FindAsync(campaignId, day, cancellation) is { } result
            ? Results.File(new UTF8Encoding(true).GetPreamble().Concat(Encoding.UTF8.GetBytes(ExportFigures.Write(result))).ToArray(), "text/csv", $"figures-{campaignId}-{date}.csv")
            : Results.NotFound();

    private static async Task<IResult> RecipientsAsync(int campaignId, string date, ResultQueries queries, ExportRecipients export, CancellationToken cancellation) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && await queries.FindAsync(campaignId, day, cancellation) is { } result
            ? Results.Stream(output => export.RunAsync(result.Occurrence, output, cancellation), "text/csv", $"recipients-{campaignId}-{date}.csv")
            : Results.NotFound();
}
