namespace Optimove.Portal.Twins.MailChimp.Lists;

/// <summary>A static segment. After a change it is processed for a while, during which its count is still the one from before.</summary>
public sealed class Segment
{
    public required int Id { get; init; }
    public required string ListId { get; init; }
    public required string Name { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? ChangedAt { get; set; }
    /// <summary>Subscribed members when the processing of the last change began.</summary>
    public int CountBefore { get; set; }
    public MemberSet Members { get; init; } = new();

    /// <summary>To be called before members change.</summary>
    public void Touch(MailList list, DateTimeOffset now, TimeSpan delay)
    {
        if (!IsProcessing(now, delay)) CountBefore = Members.CountWith(list.Subscribed);
        ChangedAt = now;
        UpdatedAt = now;
    }

    public bool IsProcessing(DateTimeOffset now, TimeSpan delay) => ChangedAt is { } changed && now < changed + delay;

    /// <summary>The members who are subscribed, as far as they are processed.</summary>
    public int Count(MailList list, DateTimeOffset now, TimeSpan delay) => IsProcessing(now, delay) ? CountBefore : Members.CountWith(list.Subscribed);
}
