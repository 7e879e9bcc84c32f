using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Campaigns.Launch;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Campaigns.Wizard;

/// <summary>The steps of the wizard with what is done of each.</summary>
public static class WizardSteps
{
    public const string Preflight = "preflight";

    public static IReadOnlyList<Step> Of(CampaignDraft draft, string tenant)
    {
        var id = draft.Campaign.Id;
        return
        [
            At(WizardStep.Who, draft.HasWho),
            At(WizardStep.WhatCounts, true),
            At(WizardStep.Message, draft.HasMessage, draft.Template?.WhyNot is not null),
            At(WizardStep.When, draft.HasTime),
            new(Preflight, "Preflight", Urls.Preflight(tenant, id), draft.Campaign.State == CampaignState.Scheduled ? StepState.Done : StepState.Open),
        ];

        Step At(string key, bool done, bool faulty = false) =>
            new(key, Title(key), Urls.EditCampaign(tenant, id, key), faulty ? StepState.Faulty : done ? StepState.Done : StepState.Open);
    }

    public static string Title(string key) => key switch
    {
        WizardStep.Who => "Who", WizardStep.WhatCounts => "What counts", WizardStep.Message => "Message", WizardStep.When => "When", _ => "Preflight",
    };

    /// <summary>The step after this one.</summary>
    public static string Next(string key) => key switch
    {
        WizardStep.Who => WizardStep.WhatCounts, WizardStep.WhatCounts => WizardStep.Message, WizardStep.Message => WizardStep.When, _ => Preflight,
    };

    public static string Address(string tenant, int id, string key) => key == Preflight ? Urls.Preflight(tenant, id) : Urls.EditCampaign(tenant, id, key);
}
