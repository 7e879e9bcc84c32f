using Optimove.Portal.Twins.MailChimp.Lists;

namespace Optimove.Portal.Twins.MailChimp.Campaigns;

/// <param name="Type"><c>success</c>, <c>warning</c> or <c>error</c>.</param>
internal sealed record ChecklistItem(string Type, int Id, string Heading, string Details);

/// <summary>What the provider checks before it sends; one error and the campaign cannot be sent.</summary>
internal static class Checklist
{
    public static IReadOnlyList<ChecklistItem> Of(MailChimpAccount account, Campaign campaign, DateTimeOffset now)
    {
        var settings = campaign.Settings;
        return
        [
            Recipients(account, campaign, now),
            Item(501, "Subject line", settings.SubjectLine.Length > 0, "The campaign has a subject line.", "The campaign has no subject line."),
            Item(502, "From name", settings.FromName.Length > 0, "The campaign has a from name.", "The campaign has no from name."),
            Item(503, "Reply-to address", settings.ReplyTo.Length > 0, "The campaign has a reply-to address.", "The campaign has no reply-to address."),
            Item(504, "Verified sender", settings.ReplyTo.Length == 0 || account.IsVerified(settings.ReplyTo), "The sender's domain is verified.", "The domain of the reply-to address is not verified."),
            Item(505, "Content", !string.IsNullOrEmpty(campaign.Html) || !string.IsNullOrEmpty(campaign.PlainText), "The campaign has content.", "The campaign has no content."),
        ];
    }

    public static bool IsReady(IReadOnlyList<ChecklistItem> items) => items.All(i => i.Type != "error");

    private static ChecklistItem Recipients(MailChimpAccount account, Campaign campaign, DateTimeOffset now)
    {
        if (!account.Lists.TryGetValue(campaign.ListId, out var list)) return Item(500, "List", false, "", "The campaign has no list.");
        if (SegmentOf(list, campaign)?.IsProcessing(now, account.SegmentDelay) == true)
            return Item(500, "List", false, "", "The segment is still being processed.");
        var count = campaign.Reach(list).Count;
        return Item(500, "List", count > 0, $"The campaign will be sent to {count} recipients.", "The campaign has no recipients.");
    }

    /// <summary>How many the campaign would reach, as far as its segment is processed.</summary>
    public static int RecipientCount(MailChimpAccount account, MailList list, Campaign campaign, DateTimeOffset now) =>
        campaign.Recipients?.Count ?? SegmentOf(list, campaign)?.Count(list, now, account.SegmentDelay) ?? campaign.Reach(list).Count;

    private static Segment? SegmentOf(MailList list, Campaign campaign) =>
        campaign.SegmentId is { } id ? list.Segments.GetValueOrDefault(id) : null;

    private static ChecklistItem Item(int id, string heading, bool fine, string whenFine, string otherwise) =>
        new(fine ? "success" : "error", id, heading, fine ? whenFine : otherwise);
}
