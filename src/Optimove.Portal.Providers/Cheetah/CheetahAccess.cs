using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>What Cheetah says to a connection's credentials, and from where it is called.</summary>
internal enum Admission { Admitted, WrongCredentials, NotWhitelisted }

/// <summary>Gets calls into one Cheetah account: token, its renewal on a 401, and the sentence for whoever has to open the door.</summary>
internal sealed class CheetahAccess
{
    /// <summary>Cheetah publishes no limit; calls of an account are few and long.</summary>
    private const int AtOnce = 2;

    private readonly Outbound _outbound;
    private readonly CheetahTokens _tokens;
    private readonly CheetahSettings _settings;
    private readonly ProviderCall _template;
    private readonly string _account;

    public CheetahAccess(Outbound outbound, CheetahTokens tokens, ProviderConnection connection)
    {
        (_outbound, _tokens, _settings) = (outbound, tokens, (CheetahSettings)connection.Settings);
        Base = (connection.BaseAddress?.AbsoluteUri ?? _settings.ApiEndpoint).TrimEnd('/') + "/services2";
        _account = Hash($"{Base}\n{_settings.ConsumerKey}\n{_settings.ConsumerSecret}\n{_settings.ClientIdentifier}");
        _template = new ProviderCall
        {
            Provider = "Cheetah Messaging",
            Operation = "answer",
            Connection = connection.Id,
            Gate = new Gate("cheetah/" + Hash($"{Base}\n{_settings.ConsumerKey}"), AtOnce),
            Method = HttpMethod.Get,
            Address = new Uri(Base),
            Reason = ReadMessage,
        };
    }

    private string Base { get; }

    /// <summary>Makes a call with a token; a token that is no longer taken is renewed once.</summary>
    public async Task<ProviderResponse> SendAsync(HttpMethod method, string path, string operation, Func<ProviderCall, ProviderCall> with, CancellationToken cancellation)
    {
        var call = with(_template with { Method = method, Address = new Uri($"{Base}/api{path}"), Operation = operation });
        var token = await _tokens.GetAsync(_account, null, AskTokenAsync, cancellation);
        var answer = await SendAsync(call, token, [401, 403], cancellation);
        if (answer.Status == 401)
            answer = await SendAsync(call, await _tokens.GetAsync(_account, token, AskTokenAsync, cancellation), [403], cancellation);
        return answer.Status == 403 ? throw NotAllowed(operation, ReadMessage(answer)) : answer;
    }

    /// <summary>Tries the credentials, whatever token is kept.</summary>
    public async Task<Admission> TryAsync(CancellationToken cancellation) => AdmissionOf(await CallForTokenAsync(cancellation));

    private Task<ProviderResponse> SendAsync(ProviderCall call, string token, int[] alsoAnswers, CancellationToken cancellation) =>
        _outbound.SendAsync(call with { Authorization = new("Bearer", token), AlsoAnswers = [.. call.AlsoAnswers, .. alsoAnswers] }, cancellation);

    private async Task<CheetahToken> AskTokenAsync(CancellationToken cancellation)
    {
        var answer = await CallForTokenAsync(cancellation);
        return AdmissionOf(answer) switch
        {
            Admission.Admitted => ReadToken(answer),
            Admission.NotWhitelisted => throw NotWhitelisted(),
            _ => throw new ProviderException(ProviderFault.Unauthorized,
                "Cheetah Messaging does not accept the consumer key, consumer secret and client identifier of this connection. Ask Cheetah Digital support for valid ones and enter them in the connection's settings; until then nothing is sent."),
        };
    }

    /// <summary>The token call takes a form and nothing else. Asking twice changes nothing.</summary>
    private Task<ProviderResponse> CallForTokenAsync(CancellationToken cancellation) => _outbound.SendAsync(_template with
    {
        Method = HttpMethod.Post,
        Address = new Uri($"{Base}/authorization/oAuth2/Token"),
        Operation = "give a token",
        ContentType = "application/x-www-form-urlencoded",
        Body = Encoding.UTF8.GetBytes($"grant_type=password&username={Escape(_settings.ConsumerKey)}&password={Escape(_settings.ConsumerSecret)}&client_id={Escape(_settings.ClientIdentifier)}"),
        Repeatable = true,
        AlsoAnswers = [400, 401, 403],
    }, cancellation);

    private static Admission AdmissionOf(ProviderResponse answer) => answer.Status switch
    {
        403 => Admission.NotWhitelisted,
        400 or 401 => Admission.WrongCredentials,
        _ => Admission.Admitted,
    };

    private static CheetahToken ReadToken(ProviderResponse answer)
    {
        var token = CheetahJson.Read(answer, ProviderFault.Unavailable);
        return CheetahAssumptions.Text(token["access_token"]) is { Length: > 0 } value
            ? new(value, TimeSpan.FromSeconds(int.TryParse(CheetahAssumptions.Text(token["expires_in"]), out var seconds) ? seconds : 3600))
            : throw CheetahJson.Unreadable(ProviderFault.Unavailable, null);
    }

    private static ProviderException NotAllowed(string operation, string? message) => CheetahAssumptions.IsNotWhitelisted(message) ? NotWhitelisted()
        : new(ProviderFault.Unauthorized, $"The credentials of this connection do not allow Cheetah Messaging to {operation}: {message!.TrimEnd('.')}. Ask Cheetah Digital support to allow it; until then nothing is sent.");

    private static ProviderException NotWhitelisted() => new(ProviderFault.Unauthorized,
        "Cheetah Messaging refuses calls from our IP addresses. Cheetah Digital support has to add them to the account's IP whitelist; until then nothing is sent.");

    private static string? ReadMessage(ProviderResponse response)
    {
        try
        {
            return response.HasJson && JsonNode.Parse(response.Body) is JsonObject body ? CheetahAssumptions.Text(body["message"]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 8);
}
