using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Optimove.Portal.Accounts.SignIn;

namespace Optimove.Portal.Accounts.Links;

public sealed partial class InvitationPage(AcceptInvitation accept, RenewInvitation renew, SignInPerson signIn, UserManager<PortalUser> users, NavigationManager navigation)
{
    private string? _refusal;
    private string? _name;
    private bool _dead;
    private bool _renewed;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;
    [SupplyParameterFromForm(FormName = "invitation")] private PasswordFields Form { get; set; } = default!;
    [SupplyParameterFromQuery] private int Person { get; set; }
    [SupplyParameterFromQuery] private string? Token { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        _name = (await AcceptInvitation.FindAsync(users, Person, PersonalLink.Token(Token)))?.FullName;
        _dead = _name is null;
    }

    private async Task AcceptAsync()
    {
        try
        {
            var email = await accept.RunAsync(Person, PersonalLink.Token(Token), Form.Password, Http.RequestAborted);
            await signIn.RunAsync(email, Form.Password, Http.RequestAborted);
        }
        catch (RefusedException e)
        {
            _refusal = e.Message;
            return;
        }
        navigation.NavigateTo("/");
    }

    private async Task RenewAsync()
    {
        await renew.RunAsync(Person, Http.RequestAborted);
        _renewed = true;
    }
}
