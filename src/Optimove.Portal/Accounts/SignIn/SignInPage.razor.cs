using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Shell;

namespace Optimove.Portal.Accounts.SignIn;

public sealed partial class SignInPage(SignInPerson signIn, FindHome home, IDbContextFactory<PortalDb> databases, IHostEnvironment environment, NavigationManager navigation)
{
    private string? _refusal;
    private List<PortalUser> _demo = [];

    [CascadingParameter] private HttpContext Http { get; set; } = default!;
    [SupplyParameterFromForm(FormName = "sign-in")] private Fields Form { get; set; } = default!;
    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        if (HttpMethods.IsGet(Http.Request.Method) && Http.User.Identity?.IsAuthenticated == true)
        {
            navigation.NavigateTo(await home.RunAsync(Http.User, Http.RequestAborted));
            return;
        }
        if (!environment.IsDevelopment()) return;
        await using var db = await databases.CreateDbContextAsync(Http.RequestAborted);
        _demo = await db.Users.AsNoTracking().Where(u => u.Email!.EndsWith(DemoAccounts.Domain)).OrderBy(u => u.Id).Take(8).ToListAsync(Http.RequestAborted);
    }

    private async Task SubmitAsync()
    {
        bool secondStep;
        try
        {
            secondStep = await signIn.RunAsync(Form.Email, Form.Password, Http.RequestAborted);
        }
        catch (RefusedException e)
        {
            _refusal = e.Message;
            Form.Password = "";
            return;
        }
        var returnUrl = LocalUrl.OrNull(ReturnUrl);
        navigation.NavigateTo(secondStep ? Urls.SecondStep(returnUrl) : returnUrl ?? "/");
    }

    private sealed class Fields
    {
        [Required(ErrorMessage = "Enter your e-mail address.")] public string Email { get; set; } = "";
        [Required(ErrorMessage = "Enter your password.")] public string Password { get; set; } = "";
    }
}
