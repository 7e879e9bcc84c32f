using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Optimove.Portal.Channels.Partners.Listeners;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Events;

/// <summary>
/// Posts one notice to a listener, signed: <c>X-Optimove-Signature-Content</c> is the HMAC-SHA256 of the body's bytes under the credential's signing key,
/// in lower-case hex. Taken is any answer of the 200s; everything else comes back as a fault in words.
/// </summary>
public sealed class PostNotice(OutsideLine line, TenantSecrets secrets)
{
    public async Task<PostedNotice> RunAsync(ClaimedListener listener, long id, string body, CancellationToken cancellation = default)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var request = Request(listener, id, Encoding.UTF8.GetBytes(body));
            using var response = await line.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var status = (int)response.StatusCode;
            return new(id, status, Took(began), response.IsSuccessStatusCode ? null : $"It answered {status}.");
        }
        catch (HttpRequestException e)
        {
            return new(id, null, Took(began), Reason(e));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(id, null, Took(began), $"It did not answer within {line.Http.Timeout.TotalSeconds:0} seconds.");
        }
    }

    private HttpRequestMessage Request(ClaimedListener listener, long id, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, listener.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Optimove-Notice", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (listener.SigningKey is null) return request;
        request.Headers.Add("X-Optimove-Signature-Version", "1");
        request.Headers.Add("X-Optimove-Signature-Content", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secrets.Unprotect(listener.SigningKey)), body)));
        return request;
    }

    private static string Reason(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "Its host name is not known.",
        HttpRequestError.SecureConnectionError => "Its certificate is not valid.",
        HttpRequestError.ConnectionError => "Nothing answers at its address, or the address is not on the public internet.",
        _ => "The connection broke before it answered.",
    };

    private static int Took(long began) => (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}

/// <param name="Status">HTTP status; null when there was no answer.</param>
/// <param name="Fault">Why it was not taken, in a sentence; null when it was.</param>
public sealed record PostedNotice(long Id, int? Status, int TookMs, string? Fault);
