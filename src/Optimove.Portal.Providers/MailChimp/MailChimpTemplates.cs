using System.Globalization;

namespace Optimove.Portal.Providers.MailChimp;

internal static class MailChimpTemplates
{
    public static ProviderTemplate Read(TemplateAnswer template) => new(
        template.Id.ToString(CultureInfo.InvariantCulture), template.Name,
        Time(template.DateEdited) ?? Time(template.DateCreated),
        NullIfEmpty(template.Thumbnail), NullIfEmpty(template.ShareUrl), Unusable: Unusable(template), Deleted: !template.Active);

    /// <summary>Why a template cannot be sent through the API, or null when it can.</summary>
    public static string? Unusable(TemplateAnswer template) => template switch
    {
        { Active: false } => "This template was deleted in MailChimp.",
        // MailChimp takes the id, and mails placeholder text.
        { ContentType: "multichannel" } => "This template was made with MailChimp's new builder, which cannot be used from outside MailChimp. Make it with the classic builder or as HTML.",
        _ => null,
    };

    // MailChimp writes an empty text where there is no date.
    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
