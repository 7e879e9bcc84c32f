using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import.Queue;

/// <summary>
/// POST /{tenant}/imports/upload?name=&amp;kind=&amp;size= with the file as the body, so that it goes from the wire to the disk in small buffers.
/// The anti-forgery token is in the header RequestVerificationToken. Answers 202 with the run's id and address, or 4xx with a sentence.
/// </summary>
internal static class UploadEndpoint
{
    public static void Map(IEndpointRouteBuilder tenant) => tenant.MapPost("/imports/upload", ReceiveAsync);

    private static async Task<IResult> ReceiveAsync(HttpContext http, IAntiforgery antiforgery, ReceiveUpload receive, IOptions<ImportOptions> options, TenantContext context, string name, ImportKind kind, long size)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return Sentence("This page is out of date. Load it again, then send the file.", StatusCodes.Status400BadRequest);
        var most = options.Value.MaxUploadBytes;
        if (size > most || http.Request.ContentLength > most)
            return Sentence($"The file is larger than {Ui.Format.Bytes(most)}, the most that can be uploaded. Send it compressed with gzip, or put it into the watched folder.", StatusCodes.Status413PayloadTooLarge);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most;
        try
        {
            var id = await receive.RunAsync(http.Request.Body, name, kind, size, http.RequestAborted);
            var address = Urls.Import(context.Current.Slug, id);
            return Results.Accepted(address, new { id, address });
        }
        catch (RefusedException e)
        {
            return Sentence(e.Message, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static IResult Sentence(string text, int status) => Results.Text(text, "text/plain", statusCode: status);
}
