using System.Security.Cryptography;
using System.Text;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.MobilePush;

/// <summary>Where and as whom a connection signs in.</summary>
internal sealed class MobilePushLogin
{
    public const string Name = "Salesforce MobilePush";
    private const string Domain = ".marketingcloudapis.com";

    private readonly Uri? _twin;

    public MobilePushLogin(ProviderConnection connection)
    {
        Settings = (MobilePushSettings)connection.Settings;
        _twin = connection.BaseAddress is { } twin ? WithSlash(twin) : null;
        Auth = _twin is null ? new Uri($"https://{Settings.Subdomain}.auth{Domain}/") : new Uri(_twin, "auth/");
        Key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Auth}\n{Settings.ClientId}\n{Settings.ClientSecret}")), 0, 16);
        Call = new ProviderCall
        {
            Provider = Name,
            Operation = "answer",
            Connection = connection.Id,
            Gate = new Gate($"mobilepush/{Key}", MobilePushAssumptions.Connections),
            Method = HttpMethod.Get,
            Address = Auth,
            Reason = MobilePushAnswers.Reason,
        };
    }

    public MobilePushSettings Settings { get; }
    public Uri Auth { get; }
    /// <summary>Names the client at this address without giving its secret away.</summary>
    public string Key { get; }
    public ProviderCall Call { get; }

    /// <summary>The REST address that came with a token, if it is Salesforce's own, or the twin's where the twin was asked: nothing else may see a token.</summary>
    public Uri Rest(string? returned)
    {
        if (!Uri.TryCreate(returned, UriKind.Absolute, out var rest) || !IsTrusted(rest))
            throw new ProviderException(ProviderFault.Misconfigured, "Salesforce named an address for its API that is not Salesforce's. Nothing was sent there. Check the tenant subdomain in the connection's settings.");
        return WithSlash(rest);
    }

    private static Uri WithSlash(Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");

    private bool IsTrusted(Uri rest) => _twin is null
        ? rest.Scheme == Uri.UriSchemeHttps && rest.IsDefaultPort && rest.Host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase)
        : Uri.Compare(rest, _twin, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
