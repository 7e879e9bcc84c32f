using System.Linq.Expressions;

namespace Optimove.Portal.Channels;

/// <summary>Whether a template can be chosen for a campaign, and if not, why, in a sentence for the marketer.</summary>
public static class TemplateUse
{
    public const string NoSubject = "It has no subject line yet. Give it one under Manage Templates.";

    /// <summary>The same as <see cref="Why"/> being null, for a query.</summary>
    public static Expression<Func<Template, bool>> IsUsable(bool needsSubject) =>
        t => t.GoneAt == null && t.Unusable == null && (!needsSubject || t.Subject != null);

    /// <param name="needsSubject">Whether the provider keeps no subject lines itself (<see cref="Providers.ProviderInfo.TemplatesNeedSubject"/>).</param>
    /// <returns>Null when it can be chosen.</returns>
    public static string? Why(Template template, bool needsSubject = true) =>
        template.GoneAt is not null ? template.Unusable ?? "The provider no longer has it. Choose another template, or make it there again."
        : template.Unusable is not null ? template.Unusable
        : needsSubject && template.Subject is null ? NoSubject
        : null;
}
