using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Optimove.Portal.Accounts.Mail;

/// <summary>Mail to the people who use the portal: invitations and single-use links.</summary>
public static class MailFeature
{
    /// <summary>The page of letters that a development portal kept instead of sending them.</summary>
    public const string DemoMailPath = "/demo-mail";

    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.Configure<MailOptions>(configuration.GetSection("Mail"));
        if (environment.IsDevelopment())
            services.PostConfigure<MailOptions>(o => o.Folder = string.IsNullOrEmpty(o.Folder) ? Path.Combine(environment.ContentRootPath, ".data", "mail") : o.Folder);
        services.AddSingleton<MailFolder>();
        services.AddSingleton<Mailer>();
        return services;
    }

    /// <summary>Adds the page of kept letters. Only for development: whoever opens it can use every link in them.</summary>
    public static void MapDemoMail(this IEndpointRouteBuilder routes) =>
        routes.MapGet(DemoMailPath, async (MailFolder folder, CancellationToken cancellation) =>
            Results.Text(Page(await folder.ReadAsync(cancellation)), "text/html", Encoding.UTF8)).AllowAnonymous();

    private static string Page(IReadOnlyList<KeptLetter> letters)
    {
        var html = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <title>Mail that the demo sent</title>
            <style>
              :root{color-scheme:light dark}
              body{font:16px/1.5 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em}
              article{border:1px solid #8888;border-radius:8px;padding:0 1.2em;margin:1em 0;background:#fff;color:#1c1c22}
              article a{color:#3d3aa8} h2{font-size:1.1em;margin-bottom:0} .meta{margin-top:0;color:#55555f}
            </style></head><body><main><h1>Mail that the demo sent</h1>
            """);
        if (letters.Count == 0) html.Append("<p>No mail yet. Invitations and links for a new password appear here, because this portal has no mail server.</p>");
        foreach (var (at, letter) in letters)
            html.Append(CultureInfo.InvariantCulture, $"<article><h2>{Encode(letter.Subject)}</h2><p class=\"meta\">To {Encode(letter.To)}, {at:yyyy-MM-dd HH:mm:ss} UTC</p>{letter.Html()}</article>");
        return html.Append("</main></body></html>").ToString();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
