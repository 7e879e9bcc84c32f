using Optimove.Portal.Channels;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Campaigns.Drafts;

/// <summary>Which templates can be chosen for a campaign.</summary>
public static class TemplateRules
{
    /// <summary>The reason and the remedy; null when it can be chosen.</summary>
    public static string? WhyNot(Template template, ProviderInfo provider) => template switch
    {
        { GoneAt: not null } => $"It was deleted in {provider.Name}.",
        { Unusable: { } why } => why,
        _ when provider.TemplatesNeedSubject && string.IsNullOrWhiteSpace(template.Subject) => "It has no subject line. Add one under Manage Templates.",
        _ => null,
    };
}
