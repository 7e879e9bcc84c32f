using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optimove.Portal.Providers.MobilePush;

// The parts of Marketing Cloud's objects that the product reads or writes.

internal sealed record NewToken(
    [property: JsonPropertyName("grant_type")] string GrantType,
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("client_secret")] string ClientSecret,
    [property: JsonPropertyName("account_id")] string? AccountId);

internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    string? Scope,
    [property: JsonPropertyName("rest_instance_url")] string? RestInstanceUrl);

internal sealed record TokenRefusal(string? Error, [property: JsonPropertyName("error_description")] string? ErrorDescription);

internal sealed record ApplicationAnswer(string Id, string? Name, bool? ApnsEnabled, bool? GcmEnabled);
internal sealed record MessagesAnswer(int Count, IReadOnlyList<MessageAnswer>? Items);
internal sealed record MessageAnswer(string Id, string? Name, int MessageType, MessageApplication? Application, int? SendInitiator, int? Status)
{
    public string? Title { get; init; }
    public string? Alert { get; init; }
    public string? LastUpdated { get; init; }
    public string? CreatedDate { get; init; }
    public IReadOnlyList<JsonElement>? InclusionLists { get; init; }
    public IReadOnlyList<JsonElement>? ExclusionLists { get; init; }
}

internal sealed record MessageApplication(string? Id, string? Name);
internal sealed record SendAnswer(string? TokenId);
internal sealed record DeliveryAnswer(long? Count, string? CompleteDate, JsonElement? Status);

/// <summary>The two shapes of a refusal: <c>message</c> of REST, <c>errors</c> of the send calls.</summary>
internal sealed record RefusalAnswer(string? Message, IReadOnlyList<string>? Errors);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(TokenRefusal))]
[JsonSerializable(typeof(IReadOnlyList<ApplicationAnswer>))]
[JsonSerializable(typeof(MessagesAnswer))]
[JsonSerializable(typeof(IReadOnlyList<MessageAnswer>))]
[JsonSerializable(typeof(SendAnswer))]
[JsonSerializable(typeof(DeliveryAnswer))]
[JsonSerializable(typeof(RefusalAnswer))]
internal sealed partial class MobilePushJson : JsonSerializerContext;
