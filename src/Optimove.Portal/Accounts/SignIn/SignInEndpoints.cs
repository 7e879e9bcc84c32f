using Microsoft.AspNetCore.Mvc;
using Optimove.Portal.Shell;

namespace Optimove.Portal.Accounts.SignIn;

/// <summary>The addresses without a page: the start, which leads each person home, and sign-out.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", async (HttpContext http, FindHome home) => Results.Redirect(await home.RunAsync(http.User, http.RequestAborted))).AllowAnonymous();
        // The form parameter makes the anti-forgery middleware check the token before the handler runs.
        routes.MapPost(Urls.SignOut, async ([FromForm] string? unused, HttpContext http, SignOutPerson signOut) =>
        {
            await signOut.RunAsync(http.User, http.RequestAborted);
            return Results.Redirect(Urls.SignInPath);
        }).AllowAnonymous();
    }
}
