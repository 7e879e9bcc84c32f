using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MobilePush.Access;

internal static class TokenRoutes
{
    public static IEnumerable<MobilePushRoute> All => [new("POST", "/v2/token", null, Post)];

    private static Answer Post(Visit visit)
    {
        var (account, call) = (visit.Account, visit.Call);
        if (Body.Parse(call.Body) is not { } body || body.Text("grant_type") is not { } grant) return Refusals.Session(400, "invalid_request", "The request is malformed.");
        if (grant != "client_credentials") return Refusals.Session(400, "unsupported_grant_type", "The grant type is not supported.");
        if (body.Text("client_id") != account.Client.Id || body.Text("client_secret") != account.Client.Secret)
            return Refusals.Session(401, "invalid_client", "Invalid client ID. Use the client ID in Marketing Cloud Installed Packages.");
        if (account.RefusesAddresses) return Refusals.AddressRefused;
        var mid = body.Text("account_id") ?? account.Mid;
        if (!account.Units.ContainsKey(mid)) return Refusals.Session(401, "unauthorized_client", "The client has no access to the requested account.");
        var token = account.Open(mid, call.Now);
        return Answer.Ok(new
        {
            access_token = token,
            token_type = "Bearer",
            expires_in = (int)account.SessionsLive.TotalSeconds,
            scope = string.Join(' ', account.Scopes),
            rest_instance_url = account.RestAddress ?? $"{call.AccountAddress}/rest/",
            soap_instance_url = $"{call.AccountAddress}/soap/",
        });
    }
}
