using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Optimove.Portal.Accounts.Links;

/// <summary>
/// Writes the addresses that go out by mail. With <c>Portal:Address</c> configured they begin with it, so that nobody can have a link
/// written to a host of their own by asking under that name; otherwise with the address that the portal was asked at.
/// </summary>
public sealed class PersonalLink(IConfiguration configuration, NavigationManager navigation)
{
    /// <param name="path">Of the page that takes the link.</param>
    public string To(string path, PortalUser user, string token)
    {
        var portal = configuration["Portal:Address"] is { Length: > 0 } address ? address.TrimEnd('/') : navigation.BaseUri.TrimEnd('/');
        return string.Create(CultureInfo.InvariantCulture, $"{portal}{path}?person={user.Id}&token={WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token))}");
    }

    /// <summary>The token as it was before it went into a link; empty where the link was torn.</summary>
    public static string Token(string? written)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(written ?? ""));
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
