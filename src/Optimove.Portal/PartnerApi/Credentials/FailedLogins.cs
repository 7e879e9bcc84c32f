using System.Net;
using System.Net.Sockets;
using Optimove.Portal.PartnerApi.Transport;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>Counts wrong logins by the address that they come from, whatever the user names. Right ones are never counted nor kept waiting, so nobody can lock another out.</summary>
public sealed class FailedLogins(CallRate rate)
{
    public const int Most = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <returns>The whole seconds until the address may be wrong again; null while it may.</returns>
    public int? Add(IPAddress? from) => rate.Take($"wrong login from {Whose(from)}", Most, Window);

    // One subscriber has at least a whole /64 of IPv6 addresses.
    private static string Whose(IPAddress? address) => address switch
    {
        null => "nowhere",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
