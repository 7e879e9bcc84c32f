using System.Globalization;
using System.Text;
using Optimove.Portal.Accounts;
using Optimove.Portal.Analysis.Figures;

namespace Optimove.Portal.Analysis.Export;

/// <summary>The files of a result, below the client's addresses and behind the client's door.</summary>
internal static class ExportEndpoints
{
    private const string Csv = "text/csv; charset=utf-8";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapTenant();
        group.MapGet("/analysis/{campaignId:int}/{date}/figures.csv", FiguresAsync);
        group.MapGet("/analysis/{campaignId:int}/{date}/responses.csv", ResponsesAsync);
    }

    private static async Task<IResult> FiguresAsync(int campaignId, string date, ResultQueries queries, ExportFigures export, CancellationToken cancellation)
    {
        if (await FindAsync(campaignId, date, queries, cancellation) is not { } result) return Results.NotFound();
        return Results.Stream(async output =>
        {
            await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
            await export.RunAsync(result, writer);
        }, Csv, $"figures-{campaignId}-{date}.csv");
    }

    private static async Task<IResult> ResponsesAsync(int campaignId, string date, ResultQueries queries, ExportResponses export, CancellationToken cancellation) =>
        await FindAsync(campaignId, date, queries, cancellation) is { } result
            ? Results.Stream(output => export.RunAsync(result.Occurrence, output, cancellation), Csv, $"responses-{campaignId}-{date}.csv")
            : Results.NotFound();

    private static async Task<Result?> FindAsync(int campaignId, string date, ResultQueries queries, CancellationToken cancellation) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? await queries.FindAsync(campaignId, day, cancellation) : null;
}
