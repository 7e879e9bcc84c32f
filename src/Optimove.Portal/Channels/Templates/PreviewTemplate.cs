using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Channels.Templates;

/// <summary>Gives a template's e-mail as a page for a sandboxed frame: what the provider handed over, else its preview page as it is now.</summary>
public sealed class PreviewTemplate(IDbContextFactory<PortalDb> databases, PreviewPages pages)
{
    /// <returns>Null when there is no such template.</returns>
    /// <exception cref="RefusedException">The e-mail cannot be shown; the sentence says why.</exception>
    public async Task<TemplatePage?> RunAsync(int templateId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var template = await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == templateId, cancellation);
        if (template is null) return null;
        var html = template.Html ?? await pages.ReadAsync(template.PreviewUrl ?? throw new RefusedException("The provider gives no preview of this template. Open it there."), cancellation);
        return new(template.Name, template.Subject, template.PreviewText, PreviewPages.Tamed(html));
    }
}

/// <summary>An e-mail to look at. <paramref name="Html"/> is somebody else's page: only ever for a frame whose sandbox allows nothing.</summary>
public sealed record TemplatePage(string Name, string? Subject, string? PreviewText, string Html);
