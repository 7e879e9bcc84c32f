using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Optimove.Portal.Providers;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Channels.Templates;

/// <summary>Reads a provider's preview page for the portal: guarded against addresses of the inside, without redirects, at most 2 MB, within 15 seconds.</summary>
public sealed partial class PreviewPages : IDisposable
{
    internal const int Largest = 2 << 20;
    private readonly HttpClient _http;

    public PreviewPages(IOptions<ProviderOptions> options) =>
        _http = new(new AddressGuard(options.Value.AllowLoopback).CreateHandler()) { MaxResponseContentBufferSize = Largest, Timeout = TimeSpan.FromSeconds(15) };

    /// <exception cref="RefusedException">The page cannot be shown; the sentence says why.</exception>
    public async Task<string> ReadAsync(string address, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https")) throw new RefusedException("The provider gave no address of a page for this template.");
        try
        {
            using var answer = await _http.GetAsync(page, cancellation);
            if (!answer.IsSuccessStatusCode) throw new RefusedException($"The provider does not show this template (status {(int)answer.StatusCode}). Open it there.");
            if (answer.Content.Headers.ContentType?.MediaType is not ("text/html" or "application/xhtml+xml")) throw new RefusedException("The provider shows this template in a form that is not a page. Open it there.");
            return Text(await answer.Content.ReadAsByteArrayAsync(cancellation), answer.Content.Headers.ContentType.CharSet);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new RefusedException("The template is larger than 2 MB, which is too large to show here. Open it at the provider.");
        }
        catch (HttpRequestException e) when (e.InnerException is AddressRefusedException)
        {
            throw new RefusedException("The address of the template's page is not on the public internet, so it is not opened from here.");
        }
        catch (HttpRequestException)
        {
            throw new RefusedException("The provider's page of this template could not be reached. Try again in a moment.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new RefusedException("The provider's page of this template did not answer within 15 seconds. Try again in a moment.");
        }
    }

    /// <summary>
    /// The page with a policy at its head that lets in pictures and styles only: no scripts, forms, frames or further pages. Belongs into a
    /// frame whose sandbox allows nothing.
    /// </summary>
    public static string Tamed(string html) =>
        Doctype().Match(html) is { Success: true } doctype ? doctype.Value + Policy + html[doctype.Length..] : "<!doctype html>" + Policy + html;

    private const string Policy = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src https: data:; style-src 'unsafe-inline'; font-src https: data:; form-action 'none'">""";

    private static string Text(byte[] bytes, string? charset)
    {
        try
        {
            return (charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset.Trim('"', ' '))).GetString(bytes);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8.GetString(bytes);
        }
    }

    [GeneratedRegex(@"\A\s*<!doctype[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Doctype();

    public void Dispose() => _http.Dispose();
}
