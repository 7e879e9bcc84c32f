using Optimove.Portal.Channels;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Campaigns.Drafts;

/// <summary>A campaign in the wizard, with the names of what it points to and what can be chosen.</summary>
public sealed record CampaignDraft
{
    public required Campaign Campaign { get; init; }
    /// <summary>The open occurrence of a launched campaign.</summary>
    public Occurrence? Occurrence { get; init; }
    public (int Id, string Name)? CopiedFrom { get; init; }
    public required IReadOnlyList<GroupChoice> Groups { get; init; }
    public required IReadOnlyList<ConnectionChoice> Connections { get; init; }
    /// <summary>The templates of the chosen connection, usable ones first, without their content.</summary>
    public required IReadOnlyList<TemplateChoice> Templates { get; init; }
    public required TimeOnly NightlyAt { get; init; }

    public GroupChoice? Group => Groups.FirstOrDefault(g => g.Id == Campaign.TargetGroupId);
    public ConnectionChoice? Connection => Connections.FirstOrDefault(c => c.Id == Campaign.ConnectionId);
    public TemplateChoice? Template => Templates.FirstOrDefault(t => t.Id == Campaign.TemplateId);

    public bool HasWho => Group is not null;
    public bool HasMessage => Connection is not null && Template is { WhyNot: null };
    public bool HasTime => Campaign is { SendDate: not null, SendTime: not null };

    /// <summary>How many of the four parts are filled in; what counts always is.</summary>
    public int FilledIn => 1 + (HasWho ? 1 : 0) + (HasMessage ? 1 : 0) + (HasTime ? 1 : 0);
}

/// <param name="Size">Customers at the last count; null before the first.</param>
/// <param name="Words">The rule as a sentence.</param>
public sealed record GroupChoice(int Id, string Name, int? Size, string Words);

public sealed record ConnectionChoice(int Id, string Name, ProviderInfo Provider, string? Blocked);

/// <param name="WhyNot">Why it cannot be chosen, with the remedy; null when it can.</param>
public sealed record TemplateChoice(int Id, string Name, string? Subject, string? PreviewText, string? Thumbnail, DateTimeOffset? ChangedAt, int UsedIn, string? WhyNot, TemplateScope? Scope = null, string? Platform = null)
{
    public static TemplateChoice Of(Template t, ProviderInfo provider, int usedIn) =>
        new(t.Id, t.Name, t.Subject, t.PreviewText, t.Thumbnail, t.ChangedAt, usedIn, TemplateUse.Why(t, provider.TemplatesNeedSubject), t.ScopeId is null ? null : new(t.ScopeId, t.ScopeName ?? t.ScopeId), t.Platform);
}
