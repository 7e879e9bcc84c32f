using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Identity;
using QRCoder;

namespace Optimove.Portal.Accounts.Own;

/// <summary>What the page about one's own two-factor sign-in shows.</summary>
public sealed class TwoFactorQueries(UserManager<PortalUser> users, SignInManager<PortalUser> signIn)
{
    private const string Issuer = "Optimove.Portal";

    /// <summary>Whether it is on, and how many recovery codes are left.</summary>
    public async Task<(bool On, int CodesLeft, bool IsStaff)> GetAsync(ClaimsPrincipal person)
    {
        var user = (await users.GetUserAsync(person))!;
        return (user.TwoFactorEnabled, user.TwoFactorEnabled ? await users.CountRecoveryCodesAsync(user) : 0, user.TenantId is null);
    }

    /// <summary>The secret to be set up; made when there is none yet.</summary>
    public async Task<TwoFactorSecret> GetSecretAsync(ClaimsPrincipal person)
    {
        var user = (await users.GetUserAsync(person))!;
        var key = await users.GetAuthenticatorKeyAsync(user);
        if (string.IsNullOrEmpty(key))
        {
            await users.ResetAuthenticatorKeyAsync(user);
            await signIn.RefreshSignInAsync(user);
            key = (await users.GetAuthenticatorKeyAsync(user))!;
        }
        var encode = UrlEncoder.Default;
        var uri = $"otpauth://totp/{encode.Encode(Issuer)}:{encode.Encode(user.Email!)}?secret={key}&issuer={encode.Encode(Issuer)}&digits=6";
        return new(string.Join(' ', key.Chunk(4).Select(c => new string(c))), uri, Draw(uri, out var size), size);
    }

    // One square a dark module, as the path of an SVG.
    private static string Draw(string text, out int size)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        size = code.ModuleMatrix.Count;
        return string.Concat(code.ModuleMatrix.SelectMany((row, y) => row.Cast<bool>().Select((dark, x) => dark ? $"M{x} {y}h1v1h-1z" : "")));
    }
}

/// <summary>A secret as a person types it (groups of four), as apps take it (otpauth), and as a drawing of it (an SVG path of so many units).</summary>
public sealed record TwoFactorSecret(string Key, string Uri, string Path, int Size);
