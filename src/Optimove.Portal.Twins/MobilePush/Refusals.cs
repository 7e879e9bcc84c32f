using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MobilePush;

/// <summary>The three shapes in which Marketing Cloud refuses: of sessions, of REST, and the older one of the send calls.</summary>
internal static class Refusals
{
    public static Answer NotAuthorized { get; } = Rest(401, 0, "Not Authorized");
    public static Answer NotFound { get; } = Rest(404, 404, "Not Found");
    public static Answer NoPermission { get; } = Rest(403, 20000, "Insufficient privileges");
    public static Answer TooMany(TimeSpan wait) => Rest(429, 50100, "Rate limit exceeded", wait);
    public static Answer Blocked { get; } = Rest(429, 50200, "Requests of this client are blocked for a time");
    public static Answer NoKeys { get; } = Push("Subscriber keys or device tokens are required.");
    public static Answer TooManyKeys { get; } = Push("At most 5000 subscriber keys or device tokens are allowed.");
    public static Answer NotValid { get; } = Push("The message is not valid for this client.");

    /// <summary>Assumed: how a caller from an address that is not on the allowlist is refused.</summary>
    public static Answer AddressRefused { get; } = Session(403, "access_denied", "The address of the request is not allowed.");

    public static Answer Session(int status, string error, string description) =>
        Answer.Json(status, new { error, error_description = description, error_uri = "https://developer.salesforce.com/docs" });

    public static Answer Invalid(string message) => Rest(400, 10003, message);

    /// <summary>What a key that is not there is answered with, where one would expect a 404.</summary>
    public static Answer Unknown(string message) => Rest(400, 10006, message);

    public static Answer Push(string error) => Answer.Json(400, new { errors = new[] { error } });

    private static Answer Rest(int status, int code, string message, TimeSpan? retryAfter = null) =>
        Answer.Json(status, new { message, errorcode = code, documentation = "https://developer.salesforce.com/docs" }, retryAfter);
}
