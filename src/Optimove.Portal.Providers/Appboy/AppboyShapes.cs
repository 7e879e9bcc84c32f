using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optimove.Portal.Providers.Appboy;

// The parts of Appboy's objects that the product reads or writes, as its REST API names them.

internal sealed record CampaignsAnswer(IReadOnlyList<CampaignListed>? Campaigns);
internal sealed record CampaignListed(string Id, string Name, DateTimeOffset? LastEdited);
/// <param name="Messages">By the id of the variation.</param>
internal sealed record CampaignAnswer(
    string? Name, bool Archived, bool Draft, bool? Enabled, string? ScheduleType, IReadOnlyList<string>? Channels, IReadOnlyDictionary<string, VariationAnswer>? Messages);
/// <param name="Type">"control" for people who get nothing.</param>
internal sealed record VariationAnswer(string? Channel, string? Type);
/// <param name="AppGroupId">Names and authenticates where there is no REST key.</param>
internal sealed record TriggerRequest(
    string? AppGroupId, string CampaignId, bool Broadcast, IReadOnlyList<TriggerRecipient> Recipients, TriggerProperties TriggerProperties, TriggerSchedule? Schedule);
/// <param name="TriggerProperties">The person's own; they win over those of the whole call.</param>
internal sealed record TriggerRecipient(string ExternalUserId, IReadOnlyDictionary<string, string>? TriggerProperties = null);
/// <param name="DispatchId">The order's name: traces a message back to its campaign.</param>
internal sealed record TriggerProperties(string DispatchId);
internal sealed record TriggerSchedule(string Time);
internal sealed record TriggerAnswer(string? DispatchId, string? ScheduleId);
internal sealed record ScheduleRequest(string? AppGroupId, string CampaignId, string ScheduleId);
internal sealed record SeriesAnswer(IReadOnlyList<SeriesDay>? Data);
/// <param name="Time">The day, in the account's own zone.</param>
/// <param name="Messages">By channel, one entry a variation.</param>
internal sealed record SeriesDay(string? Time, IReadOnlyDictionary<string, IReadOnlyList<SeriesCounts>>? Messages, long? UniqueRecipients);
internal sealed record SeriesCounts(long? Sent, long? DirectOpens, long? TotalOpens, long? Bounces);
internal sealed record Problem(string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CampaignsAnswer))]
[JsonSerializable(typeof(CampaignAnswer))]
[JsonSerializable(typeof(TriggerRequest))]
[JsonSerializable(typeof(TriggerAnswer))]
[JsonSerializable(typeof(ScheduleRequest))]
[JsonSerializable(typeof(SeriesAnswer))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class AppboyJson : JsonSerializerContext;
