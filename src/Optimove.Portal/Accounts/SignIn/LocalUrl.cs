namespace Optimove.Portal.Accounts.SignIn;

/// <summary>Keeps a return address inside the portal: anything that a browser could take for another host becomes null.</summary>
public static class LocalUrl
{
    public static string? OrNull(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : null;
}
