using System.Text.Json.Serialization;

namespace Optimove.Portal.Twins.MailChimp.Templates;

/// <summary>A template as the account holds it; it has no subject, as at the provider.</summary>
public sealed class MailTemplate
{
    public required int Id { get; init; }
    public required string Name { get; set; }
    /// <summary><c>user</c>, <c>base</c> or <c>gallery</c>.</summary>
    public string Type { get; init; } = "user";
    /// <summary><c>html</c>, <c>template</c> or <c>multichannel</c> (the new builder, whose content the API cannot apply).</summary>
    public string ContentType { get; init; } = "template";
    public string Category { get; init; } = "";
    public string Html { get; set; } = "";
    /// <summary>False once a person has deleted it; it stays listed.</summary>
    public bool Active { get; set; } = true;
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset EditedAt { get; set; }

    [JsonIgnore]
    public bool IsMultichannel => ContentType == "multichannel";

    /// <summary>What a campaign made from it holds.</summary>
    [JsonIgnore]
    public string CampaignHtml => IsMultichannel ? "<html><body><p>Placeholder content</p></body></html>" : Html;
}
