using System.Net;
using Microsoft.Extensions.Options;
using Optimove.Portal.Providers;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Channels.Partners.Listeners;

/// <summary>Checks addresses that programs want to be called at. Those visibly inside the network are refused; names are checked at each connection.</summary>
public sealed class PublicAddress(IOptions<ProviderOptions> options)
{
    /// <param name="field">What the program calls it, for the sentence.</param>
    /// <param name="url">An absolute address, percent-encoded as a whole or not.</param>
    /// <exception cref="RefusedException">It cannot be called.</exception>
    public string Check(string field, string url)
    {
        // One client sends the address encoded inside the JSON.
        var text = url.Contains("://", StringComparison.Ordinal) ? url : Uri.UnescapeDataString(url);
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0)
            throw new RefusedException($"{field} must be an address that begins with https:// or http://, without a user name.");
        return MayBeCalled(address) ? address.AbsoluteUri : throw new RefusedException($"{field} must be an address on the public internet.");
    }

    private bool MayBeCalled(Uri address)
    {
        var guard = new AddressGuard(options.Value.AllowLoopback);
        if (address.IsLoopback) return options.Value.AllowLoopback;
        return address.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.IPv6) || IPAddress.TryParse(address.DnsSafeHost, out var ip) && guard.Allows(ip);
    }
}
