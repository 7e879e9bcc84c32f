using System.Text;
using System.Text.Encodings.Web;

namespace Optimove.Portal.Accounts.Mail;

/// <summary>A mail of the portal to one person: a few plain sentences and at most one link.</summary>
/// <param name="To">The person's e-mail address.</param>
/// <param name="LinkText">What the link is called; shown only with <paramref name="Link"/>.</param>
public sealed record Letter(string To, string Subject, IReadOnlyList<string> Paragraphs, string? LinkText = null, string? Link = null)
{
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var paragraph in Paragraphs) text.Append(paragraph).Append("\n\n");
        if (Link is not null) text.Append(LinkText).Append(":\n").Append(Link).Append('\n');
        return text.ToString();
    }

    /// <summary>The body as HTML; every word of it encoded.</summary>
    public string Html()
    {
        var html = new StringBuilder("""<div style="font:16px/1.5 system-ui,sans-serif;color:#1c1c22;max-width:34em">""");
        foreach (var paragraph in Paragraphs) html.Append("<p>").Append(HtmlEncoder.Default.Encode(paragraph)).Append("</p>");
        if (Link is not null) html.Append("<p><a href=\"").Append(HtmlEncoder.Default.Encode(Link)).Append("\">").Append(HtmlEncoder.Default.Encode(LinkText ?? Link)).Append("</a></p>");
        return html.Append("</div>").ToString();
    }
}
