using System.Text.Json.Serialization;

namespace Optimove.Portal.Twins.Wire;

/// <summary>How a call goes wrong.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>The effect takes place, then the connection is cut instead of answering.</summary>
    AnswerLost,
    /// <summary>The connection is cut before anything takes effect.</summary>
    RequestLost,
    /// <summary>429 with the usual error body.</summary>
    TooManyRequests,
    /// <summary>429 that says the client is blocked for a time and not for how long (MobilePush).</summary>
    Blocked,
    /// <summary>429 without a body, as under heavy load.</summary>
    BareTooManyRequests,
    /// <summary>403 without a body, as under heavy load; it says nothing about permissions.</summary>
    BareForbidden,
    /// <summary>500 with the usual error body, before anything takes effect.</summary>
    ServerError,
    /// <summary>No answer for <see cref="Fault.Delay"/> (120 s unless told), then the connection is cut; nothing takes effect.</summary>
    Hang,
    /// <summary>The call is served after <see cref="Fault.Delay"/> (1 s unless told).</summary>
    Slow,
    /// <summary>401, as if the key had been revoked.</summary>
    RevokedKey,
    /// <summary>503 with the usual error body, before anything takes effect, which its caller cannot know.</summary>
    Unavailable,
    /// <summary>403, as if the caller's IP address were not whitelisted.</summary>
    AddressRefused,
    /// <summary>400 with a reason, before anything takes effect, as where one recipient of many is not sound (Appboy, MobilePush).</summary>
    Refused,
    /// <summary>202 "queued" instead of the usual answer, as during maintenance; the effect takes place.</summary>
    Queued,
}

/// <summary>A switch: which calls go wrong and how. Calls are counted from the moment the switch is set.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>Method and path as the twin lists them, for example <c>POST /lists/{list_id}/segments</c>; null means every endpoint.</summary>
    public string? Endpoint { get; init; }
    /// <summary>The first matching call that goes wrong; 1 is the next.</summary>
    public int FromCall { get; init; } = 1;
    /// <summary>How many calls go wrong; null means until cleared.</summary>
    public int? Times { get; init; }
    public TimeSpan? Delay { get; init; }
}
