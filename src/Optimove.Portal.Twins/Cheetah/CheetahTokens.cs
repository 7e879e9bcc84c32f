using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah;

/// <summary>The credentials of an account.</summary>
public sealed record CheetahKeys(string ConsumerKey, string ConsumerSecret, string ClientIdentifier);

/// <summary>Gives tokens of eight hours for a form of credentials, and knows which are still good.</summary>
internal sealed class CheetahTokens
{
    public const string Path = "/authorization/oAuth2/Token";
    private static readonly TimeSpan Life = TimeSpan.FromHours(8);
    private readonly Dictionary<string, DateTimeOffset> _until = [];

    public static CheetahRoute Route { get; } = new("POST", Path, (account, call) => account.Tokens.Give(account, call));

    /// <summary>Tokens given so far.</summary>
    public int Given { get; private set; }

    public bool IsGood(string header, DateTimeOffset now) =>
        AuthenticationHeaderValue.TryParse(header, out var authorization) && authorization.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        && authorization.Parameter is { } token && _until.TryGetValue(token, out var until) && now < until;

    /// <summary>As if the provider had restarted: what was given is no longer good.</summary>
    public void Forget() => _until.Clear();

    private Answer Give(CheetahAccount account, Call call)
    {
        if (call.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true) return CheetahRoute.Refusal(400, "unsupported_grant_type");
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(call.Body.Span));
        if (form["grant_type"] != "password") return CheetahRoute.Refusal(400, "unsupported_grant_type");
        var client = form["client_id"].ToString();
        if (form["username"] != account.Keys.ConsumerKey || form["password"] != account.Keys.ConsumerSecret
            || client != account.Keys.ClientIdentifier && (account.Switches.LegacyKey || client.Length > 0))
            return CheetahRoute.Refusal(400, "invalid_grant");
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _until[token] = call.Now + Life;
        Given++;
        return Answer.Ok(new { access_token = token, token_type = "bearer", expires_in = (int)Life.TotalSeconds, refresh_token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)) });
    }
}
