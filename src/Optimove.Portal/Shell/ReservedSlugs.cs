namespace Optimove.Portal.Shell;

/// <summary>The first words of addresses that are not a tenant's: the API's, the staff pages', accounts' and the framework's. A tenant's slug is none of them.</summary>
public static class ReservedSlugs
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        // the partner and client API, with and without its version prefix
        "api", "current", "v1", "v2", "v3", "v4", "general", "integrations", "customers", "actions", "groups", "segments", "model", "models",
        "optimail", "optimobile", "optipush", "optitext", "transactionalmail", "apikey", "triggers", "events", "listeners", "openapi", "swagger", "docs",
        // staff, accounts and pages without a tenant
        "staff", "sign-in", "sign-out", "sign-up", "login", "logout", "account", "accounts", "admin", "invitation", "search",
        "not-found", "forbidden", "error", "ui", "new", "portal", "optimove", "support", "help", "status", "demo-mail", "mail", "clock",
        // the framework and what an operator's tools ask for
        "health", "healthz", "live", "ready", "metrics", "_framework", "_content", "_blazor", "css", "js", "img", "images", "fonts",
        "assets", "static", "favicon.ico", "favicon.svg", "robots.txt", "sitemap.xml", ".well-known", "twins", "twin",
    };

    /// <summary>Whether a tenant may not have this slug, in any case of its letters.</summary>
    public static bool Contains(string slug) => Words.Contains(slug);

    public static IReadOnlyCollection<string> All => Words;
}
