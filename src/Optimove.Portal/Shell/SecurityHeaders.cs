namespace Optimove.Portal.Shell;

/// <summary>
/// What browsers may do with the portal's pages: run its own scripts only, be framed by nobody, guess no types, tell other hosts nothing
/// of the address. Previews of templates are sandboxed frames without an address of their own, whose pictures come from anywhere over HTTPS.
/// </summary>
public static class SecurityHeaders
{
    // Radzen sets a few one-line handlers and positions as attributes; scripts as such come from files of this host only.
    private const string Policy = "default-src 'self'; script-src 'self'; script-src-attr 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: https:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // At the start of the answer, because Blazor and the anti-forgery form set weaker ones of their own.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XFrameOptions = "DENY";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
            return Task.CompletedTask;
        });
        return next(http);
    });
}
