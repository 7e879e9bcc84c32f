using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Templates;

/// <summary>
/// Keeps a subject line and a preview text beside a template of a provider that has none itself, on one line each. A subject that a scheduled campaign needs can be
/// changed and not taken away. Campaigns whose list is made keep the subject that they had.
/// </summary>
public sealed partial class EditTemplateSubject(IDbContextFactory<PortalDb> databases, TemplateQueries queries, ProviderCatalog catalog, Audit audit, Actor actor, TimeProvider clock)
{
    public async Task RunAsync(int templateId, string? subject, string? previewText, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        (subject, previewText) = (Line(subject), Line(previewText));
        if (subject?.Length > SubjectHints.Longest) throw new RefusedException($"The subject line has {subject.Length} characters; at most {SubjectHints.Longest} fit.");
        if (previewText?.Length > SubjectHints.Longest) throw new RefusedException($"The preview text has {previewText.Length} characters; at most {SubjectHints.Longest} fit.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var template = await db.Templates.SingleOrDefaultAsync(t => t.Id == templateId, cancellation) ?? throw new RefusedException("This template is not here any more.");
        var provider = catalog[await db.Connections.Where(c => c.Id == template.ConnectionId).Select(c => c.Provider).SingleAsync(cancellation)].Info;
        if (!provider.TemplatesNeedSubject) throw new RefusedException($"What a message says is kept in the template at {provider.Name}; change it there.");
        if (template.Subject == subject && template.PreviewText == previewText) return;
        if (subject is null && template.Subject is not null && await queries.WaitingAsync(templateId, cancellation) is { Count: > 0 } waiting)
        {
            throw new RefusedException($"Scheduled campaigns need this subject line: {string.Join(", ", waiting)}. Write another one, or choose another template in them first.");
        }
        audit.Record(db, "template.changed", $"Template {template.Name}", new { template.Subject, template.PreviewText }, new { Subject = subject, PreviewText = previewText });
        (template.Subject, template.PreviewText) = (subject, previewText);
        await db.SaveChangesAsync(cancellation);
    }

    // A line break in a header would begin another header.
    private static string? Line(string? text) => text is null ? null : Gaps().Replace(text, " ").Trim() is { Length: > 0 } line ? line : null;

    [GeneratedRegex(@"[\s\p{Cc}\u2028\u2029]+")]
    private static partial Regex Gaps();
}
