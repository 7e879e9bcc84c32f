using System.Collections.Concurrent;
using System.Text.Json;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.MobilePush;

/// <summary>One token per client and business unit for about 15 minutes, as Salesforce asks; however many calls want one, it is fetched once.</summary>
internal sealed class AccessTokens(Outbound outbound, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Client, string Mid), Slot> _slots = new();

    /// <param name="stale">A token that Salesforce did not take: it is replaced, unless somebody else has done so by now.</param>
    public Task<AccessToken> GetAsync(MobilePushLogin login, BusinessUnit unit, AccessToken? stale, CancellationToken cancellation) =>
        _slots.GetOrAdd((login.Key, unit.Mid), _ => new Slot()).Get(() => FetchAsync(login, unit), clock.GetUtcNow(), stale).WaitAsync(cancellation);

    // Shared by everybody who waits for it, so nobody's cancellation ends it.
    private async Task<AccessToken> FetchAsync(MobilePushLogin login, BusinessUnit unit)
    {
        var asked = clock.GetUtcNow();
        var body = new NewToken("client_credentials", login.Settings.ClientId, login.Settings.ClientSecret, unit.Mid.Length == 0 ? null : unit.Mid);
        var answer = await AskAsync(login.Call with
        {
            Method = HttpMethod.Post,
            Address = new Uri(login.Auth, "v2/token"),
            Operation = "open a session",
            Body = JsonSerializer.SerializeToUtf8Bytes(body, MobilePushJson.Default.NewToken),
            Repeatable = true,
            AlsoAnswers = [400, 401],
        });
        if (!answer.IsSuccess)
            throw Refusal(answer, unit);
        var token = MobilePushAnswers.Read(answer, MobilePushJson.Default.TokenAnswer, ProviderFault.Unavailable);
        if (token.AccessToken is not { Length: > 0 } value)
            throw MobilePushAnswers.Unreadable(ProviderFault.Unavailable);
        var lives = TimeSpan.FromSeconds(token.ExpiresIn) - Margin;
        return new AccessToken(value, login.Rest(token.RestInstanceUrl), token.Scope ?? "", asked + (lives < Longest ? lives : Longest));
    }

    private async Task<ProviderResponse> AskAsync(ProviderCall call)
    {
        try
        {
            return await outbound.SendAsync(call, CancellationToken.None);
        }
        // Wrong credentials are answered with 400 or 401, which are answers here; what is left is a 403.
        catch (ProviderException refused) when (refused.Fault == ProviderFault.Unauthorized)
        {
            throw new ProviderException(ProviderFault.Unauthorized, MobilePushAssumptions.AddressRefused, inner: refused);
        }
    }

    private static ProviderException Refusal(ProviderResponse answer, BusinessUnit unit)
    {
        var refusal = answer.HasJson ? MobilePushAnswers.Read(answer, MobilePushJson.Default.TokenRefusal, ProviderFault.Unavailable) : null;
        return new(ProviderFault.Unauthorized, refusal?.Error is null or "invalid_client" || unit.Mid.Length == 0
            ? "Salesforce does not accept the client ID and secret of this connection. Enter valid ones in the connection's settings; nothing is sent until then."
            : $"Salesforce gives these credentials no access to the business unit {unit.Name} ({unit.Mid}): {(refusal.ErrorDescription ?? refusal.Error).TrimEnd('.')}. Give the installed package access to it, or correct its ID in the settings; nothing is sent for it until then.");
    }

    private sealed class Slot
    {
        private readonly Lock _lock = new();
        private Task<AccessToken>? _current;

        public Task<AccessToken> Get(Func<Task<AccessToken>> fetch, DateTimeOffset now, AccessToken? stale)
        {
            lock (_lock)
                return _current = _current is null || IsOver(_current, now, stale) ? fetch() : _current;
        }

        private static bool IsOver(Task<AccessToken> token, DateTimeOffset now, AccessToken? stale) =>
            token.IsCompleted && (!token.IsCompletedSuccessfully || token.Result.Until <= now || ReferenceEquals(token.Result, stale));
    }
}

/// <param name="Rest">Where the token is to be used; ends with a slash.</param>
/// <param name="Scope">The permissions, separated by spaces; empty where Salesforce did not say.</param>
internal sealed record AccessToken(string Value, Uri Rest, string Scope, DateTimeOffset Until);
