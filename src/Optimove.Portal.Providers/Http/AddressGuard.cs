using System.Net;
using System.Net.Sockets;

namespace Optimove.Portal.Providers.Http;

/// <summary>
/// Keeps addresses that a tenant typed from reaching the inside: checked at connect time against what the name resolves to, so that
/// a name which changes its mind between check and use gains nothing.
/// </summary>
public sealed class AddressGuard(bool allowLoopback)
{
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32", // Azure's metadata host has a public address
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether a call may go to this address.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) ? allowLoopback : !Inside.Any(network => network.Contains(plain));
    }

    /// <summary>The handler that every call to an address from a tenant's settings goes through: guarded, without redirects, proxy or cookies.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = async (context, cancellation) => await ConnectAsync(context.DnsEndPoint, cancellation),
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // The handler's own trace would hold addresses of single members; Outbound makes one that does not.
        ActivityHeadersPropagator = null,
    };

    private async Task<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellation)
    {
        var resolved = await Dns.GetHostAddressesAsync(target.Host, target.AddressFamily, cancellation);
        var allowed = Array.FindAll(resolved, Allows);
        if (allowed.Length == 0)
            throw new AddressRefusedException(target.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The name leads to an address that calls may not reach.</summary>
public sealed class AddressRefusedException(string host) : Exception($"The address {host} is not on the public internet.");
