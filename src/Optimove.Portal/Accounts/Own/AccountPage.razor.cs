using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Accounts.Links;

namespace Optimove.Portal.Accounts.Own;

public sealed partial class AccountPage(Rename rename, ChangePassword change)
{
    private string? _renamed;
    private string? _changed;
    private string? _refusal;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;
    [SupplyParameterFromForm(FormName = "name")] private NameFields Name { get; set; } = default!;
    [SupplyParameterFromForm(FormName = "password")] private ChangeFields Form { get; set; } = default!;

    protected override void OnInitialized()
    {
        Name ??= new() { FullName = Http.User.FullName };
        Form ??= new();
    }

    private async Task RenameAsync()
    {
        await rename.RunAsync(Http.User, Name.FullName, Http.RequestAborted);
        _renamed = "Your name is saved.";
    }

    private async Task ChangeAsync()
    {
        try
        {
            await change.RunAsync(Http.User, Form.Present, Form.Password, Http.RequestAborted);
            _changed = "Your password is changed. Every other session of this account has ended.";
        }
        catch (RefusedException e)
        {
            _refusal = e.Message;
        }
        Form = new();
    }

    private sealed class NameFields
    {
        [Required(ErrorMessage = "Enter your name."), StringLength(120, ErrorMessage = "Take at most 120 characters.")] public string FullName { get; set; } = "";
    }

    private sealed class ChangeFields : PasswordFields
    {
        [Required(ErrorMessage = "Enter your present password.")] public string Present { get; set; } = "";
    }
}
