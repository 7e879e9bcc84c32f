using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optimove.Portal.Providers.MailChimp;

// The parts of MailChimp's objects that the product reads or writes, as the Marketing API 3.0 names them.

internal sealed record ListAnswer(string Id, string Name, ListStats? Stats);
internal sealed record ListStats(long MemberCount);
internal sealed record MemberAnswer(string Status);
internal sealed record DomainsAnswer(IReadOnlyList<DomainAnswer>? Domains);
internal sealed record DomainAnswer(string Domain, bool Verified);
internal sealed record TemplatesAnswer(IReadOnlyList<TemplateAnswer> Templates, int TotalItems);
internal sealed record TemplateAnswer(int Id, string Name, bool Active, string? ContentType, string? DateCreated, string? DateEdited, string? Thumbnail, string? ShareUrl);
internal sealed record SegmentsAnswer(IReadOnlyList<SegmentAnswer> Segments, int TotalItems);
internal sealed record SegmentAnswer(int Id, string Name, int MemberCount);
internal sealed record NewSegment(string Name, IReadOnlyList<string> StaticSegment);
internal sealed record CampaignsAnswer(IReadOnlyList<CampaignAnswer> Campaigns, int TotalItems);
internal sealed record CampaignAnswer(string Id, string Status, CampaignTitle? Settings);
internal sealed record CampaignTitle(string? Title);
internal sealed record NewCampaign(string Type, NewRecipients Recipients, NewCampaignSettings Settings);
internal sealed record NewRecipients(string ListId, NewSegmentOptions SegmentOpts);
/// <param name="Match">Without it the segment was once ignored and the whole list mailed.</param>
internal sealed record NewSegmentOptions(int SavedSegmentId, string Match);
internal sealed record NewCampaignSettings(string Title, string SubjectLine, string? PreviewText, string FromName, string ReplyTo, int TemplateId);
internal sealed record NewSchedule(string ScheduleTime);
internal sealed record ChecklistAnswer(bool IsReady, IReadOnlyList<ChecklistItem>? Items);
internal sealed record ChecklistItem(string Type, string? Heading, string? Details);
internal sealed record Problem(string? Title, string? Detail, IReadOnlyList<ProblemField>? Errors);
internal sealed record ProblemField(string? Field, string? Message);
internal sealed record ReportAnswer(long EmailsSent, ReportBounces? Bounces, ReportOpens? Opens, ReportClicks? Clicks, long? Unsubscribed, long? AbuseReports);
internal sealed record ReportBounces(long HardBounces, long SoftBounces, long SyntaxErrors);
internal sealed record ReportOpens(long? OpensTotal, long? UniqueOpens);
internal sealed record ReportClicks(long? ClicksTotal, long? UniqueClicks, long? UniqueSubscriberClicks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListAnswer))]
[JsonSerializable(typeof(MemberAnswer))]
[JsonSerializable(typeof(DomainsAnswer))]
[JsonSerializable(typeof(TemplatesAnswer))]
[JsonSerializable(typeof(SegmentsAnswer))]
[JsonSerializable(typeof(NewSegment))]
[JsonSerializable(typeof(CampaignsAnswer))]
[JsonSerializable(typeof(NewCampaign))]
[JsonSerializable(typeof(NewSchedule))]
[JsonSerializable(typeof(ChecklistAnswer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ReportAnswer))]
internal sealed partial class MailChimpJson : JsonSerializerContext;
