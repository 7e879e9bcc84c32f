using Microsoft.AspNetCore.Antiforgery;
using Optimove.Portal.Shell;

namespace Optimove.Portal.Accounts.SignIn;

/// <summary>The addresses without a page: the start, which leads each person home, and sign-out.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", async (HttpContext http, FindHome home) => Results.Redirect(await home.RunAsync(http.User, http.RequestAborted))).AllowAnonymous();
        routes.MapPost(Urls.SignOut, async (HttpContext http, IAntiforgery antiforgery, SignOutPerson signOut) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
            await signOut.RunAsync(http.User, http.RequestAborted);
            return Results.Redirect(Urls.SignInPath);
        }).AllowAnonymous();
    }
}
