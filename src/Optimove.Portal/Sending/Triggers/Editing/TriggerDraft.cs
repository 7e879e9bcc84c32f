namespace Optimove.Portal.Sending.Triggers.Editing;

/// <summary>A triggered campaign as a person writes it; what is not chosen yet is null.</summary>
public sealed record TriggerDraft
{
    public string Name { get; init; } = "";
    public string TriggerName { get; init; } = "";
    public TriggerRule Rule { get; init; } = TriggerRule.Empty;
    public int? TargetGroupId { get; init; }
    public int? ChannelId { get; init; }
    /// <summary>The template.</summary>
    public int? ActionId { get; init; }
    /// <summary>0 to 0.5.</summary>
    public decimal ControlShare { get; init; } = 0.10m;
    /// <summary>Null for once.</summary>
    public int? EntryDays { get; init; }
    public DateOnly? StartsOn { get; init; }
    public DateOnly? EndsOn { get; init; }

    public static TriggerDraft Of(TriggeredCampaign campaign) => new()
    {
        Name = campaign.Name, TriggerName = campaign.TriggerName, Rule = TriggerRule.Read(campaign.Rule), TargetGroupId = campaign.TargetGroupId, ChannelId = campaign.ChannelId,
        ActionId = campaign.ActionId, ControlShare = campaign.ControlShare, EntryDays = campaign.EntryDays, StartsOn = campaign.StartsOn, EndsOn = campaign.EndsOn,
    };

    internal void Write(TriggeredCampaign campaign)
    {
        (campaign.Name, campaign.TriggerName, campaign.Rule) = (Name.Trim(), TriggerName.Trim(), Rule.Write());
        (campaign.TargetGroupId, campaign.ChannelId, campaign.ActionId) = (TargetGroupId, ChannelId, ActionId);
        (campaign.ControlShare, campaign.EntryDays, campaign.StartsOn, campaign.EndsOn) = (ControlShare, EntryDays, StartsOn, EndsOn);
    }
}

/// <summary>Something to put right before a campaign can go live.</summary>
/// <param name="Part">Where: name, when, who, what or limits.</param>
public sealed record TriggerProblem(string Part, string Sentence);
