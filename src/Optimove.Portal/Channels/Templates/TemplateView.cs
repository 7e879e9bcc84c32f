namespace Optimove.Portal.Channels.Templates;

/// <summary>A template as Manage Templates lists it.</summary>
/// <param name="Why">Why it cannot be chosen; null when it can.</param>
/// <param name="Campaigns">Campaigns that use it, scheduled and triggered, drafts left out.</param>
/// <param name="Waiting">Those of them that can still send: not gone out yet, live or paused.</param>
public sealed record TemplateView(
    int Id, string ProviderId, string Name, string? Subject, string? PreviewText, string? Thumbnail, DateTimeOffset? ChangedAt, DateTimeOffset? GoneAt, string? Why, long Campaigns, long Waiting)
{
    public bool Gone => GoneAt is not null;
    /// <summary>Nothing but a subject line can be missing.</summary>
    public bool Editable => Why is null or TemplateUse.NoSubject;
}

/// <summary>What a synchronisation or a job found changed, and when.</summary>
public sealed record TemplateNews(DateTimeOffset At, string Who, string Sentence);
