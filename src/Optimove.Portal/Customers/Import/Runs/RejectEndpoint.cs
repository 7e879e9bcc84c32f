using System.Globalization;
using System.Text;
using Optimove.Portal.Shell.Exports;

namespace Optimove.Portal.Customers.Import.Runs;

/// <summary>GET /{tenant}/imports/{id}/rejects.csv: the rejected rows, reason first, streamed from the database to the wire.</summary>
internal static class RejectEndpoint
{
    public static void Map(IEndpointRouteBuilder tenant) => tenant.MapGet("/imports/{id:int}/rejects.csv", WriteAsync);

    private static async Task<IResult> WriteAsync(int id, ImportQueries queries, CancellationToken cancellation)
    {
        if (await queries.FileNameAsync(id, cancellation) is not { } file) return Results.NotFound();
        return Results.Stream(async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 << 10);
            var csv = new SafeCsv(writer);
            await csv.WriteAsync("reason", "row", "column", "text");
            await foreach (var r in queries.RejectsAsync(id, cancellation))
                await csv.WriteAsync(r.Reason, r.Line.ToString(CultureInfo.InvariantCulture), r.Column, r.Raw);
        }, "text/csv; charset=utf-8", $"rejected-{Path.GetFileNameWithoutExtension(file)}-{id}.csv");
    }
}
