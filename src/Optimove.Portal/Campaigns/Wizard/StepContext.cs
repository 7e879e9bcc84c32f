using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Wizard;

/// <summary>What a step of the wizard shows and how it saves.</summary>
public sealed record StepContext
{
    public required CampaignDraft Draft { get; init; }
    public required Func<CampaignChange, Task> SaveAsync { get; init; }
    /// <summary>The sentence under each field that was not saved.</summary>
    public required IReadOnlyDictionary<CampaignField, string> Problems { get; init; }
    public required TenantScope Tenant { get; init; }
    public required DateTimeOffset Now { get; init; }

    public Campaign Campaign => Draft.Campaign;
    public string? Problem(CampaignField field) => Problems.GetValueOrDefault(field);
}
