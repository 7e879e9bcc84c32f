using System.Text.RegularExpressions;

namespace Optimove.Portal.Providers.Http;

/// <summary>Turns what came back, or did not, into an answer or a <see cref="ProviderException"/> with a sentence for the person who must act.</summary>
internal static partial class Verdict
{
    public static ProviderResponse Of(ProviderCall call, ProviderResponse response) =>
        response.IsSuccess || call.AlsoAnswers.Contains(response.Status) ? response : throw Refusal(call, response);

    /// <summary>No answer within the time allowed for one attempt.</summary>
    public static ProviderException TimedOut(ProviderCall call, bool hasLeft) => hasLeft && !call.IsIdempotent
        ? Unknown(call, "did not answer in time")
        : Unavailable(call, "did not answer in time");

    /// <summary>The connection could not be made or broke.</summary>
    public static ProviderException Lost(ProviderCall call, HttpRequestException error, bool hasLeft)
    {
        if (error.InnerException is AddressRefusedException refused)
            return new(ProviderFault.Misconfigured, $"{refused.Message} Calls go to public addresses only.", inner: error);
        var neverLeft = !hasLeft || error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
        if (!neverLeft && !call.IsIdempotent)
            return Unknown(call, "broke the connection before it answered", error);
        return Unavailable(call, error.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"could not be found at {call.Address.Host}",
            HttpRequestError.ConnectionError => $"does not take connections at {call.Address.Host}",
            HttpRequestError.SecureConnectionError => $"at {call.Address.Host} could not be trusted: the secure connection failed",
            _ => "broke the connection before it answered",
        }, inner: error);
    }

    /// <summary>Nothing is in the air: the time ran out between two attempts or at the gate.</summary>
    public static ProviderException OutOfTime(ProviderCall call, TimeSpan within) =>
        Unavailable(call, $"did not get to it within {within.TotalMinutes:0.#} minutes");

    public static ProviderException LeftAlone(ProviderCall call, TimeSpan? retryAfter) =>
        Unavailable(call, "has not been answering; calls pause for a moment", retryAfter);

    private static ProviderException Refusal(ProviderCall call, ProviderResponse response)
    {
        var reason = response.HasJson ? call.Reason(response) : null;
        var because = string.IsNullOrWhiteSpace(reason) ? $" (status {response.Status})." : $": {Addresses().Replace(reason.Trim().TrimEnd('.'), "an address")}.";
        return response.Status switch
        {
            401 => new(ProviderFault.Unauthorized, $"{call.Provider} does not accept the credentials of this connection. Enter a valid key in the connection's settings."),
            // Under heavy load a 403 comes without a body; read as a missing permission it would stop a night for nothing.
            403 when !response.HasJson => RateLimited(call, response),
            403 => new(ProviderFault.Unauthorized, $"The credentials of this connection do not allow {call.Provider} to {call.Operation}{because}"),
            429 => RateLimited(call, response),
            503 when call.AtMostOnce => Unknown(call, "is not available (status 503)"),
            408 or 503 => Unavailable(call, $"is not available (status {response.Status})", response.RetryAfter),
            >= 500 when call.IsIdempotent => Unavailable(call, $"had a fault of its own (status {response.Status})", response.RetryAfter),
            >= 500 => Unknown(call, $"had a fault of its own (status {response.Status})"),
            < 400 => new(ProviderFault.Misconfigured, $"{call.Provider} answered from another address (status {response.Status}). Check the address in the connection's settings."),
            _ => new(ProviderFault.Rejected, $"{call.Provider} refused to {call.Operation}{because}"),
        };
    }

    private static ProviderException RateLimited(ProviderCall call, ProviderResponse response) =>
        new(ProviderFault.RateLimited, $"{call.Provider} asked to slow down (status {response.Status}) when asked to {call.Operation}. It is tried again by itself.", response.RetryAfter);

    private static ProviderException Unavailable(ProviderCall call, string what, TimeSpan? retryAfter = null, Exception? inner = null) =>
        new(ProviderFault.Unavailable, $"{call.Provider} {what} when asked to {call.Operation}. It is tried again by itself.", retryAfter, inner);

    private static ProviderException Unknown(ProviderCall call, string what, Exception? inner = null) =>
        new(ProviderFault.UnknownOutcome, $"{call.Provider} {what}; it is not known whether it did {call.Operation}. {(call.AtMostOnce
            ? $"{call.Provider} cannot be asked, so it is not repeated unless a person decides so." : $"It is not repeated before {call.Provider} has been asked.")}", inner: inner);

    [GeneratedRegex(@"[^\s""'<>,;]+@[^\s""'<>,;]+")]
    private static partial Regex Addresses();
}
