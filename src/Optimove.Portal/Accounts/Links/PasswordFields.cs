using System.ComponentModel.DataAnnotations;

namespace Optimove.Portal.Accounts.Links;

/// <summary>A new password, typed twice.</summary>
public class PasswordFields
{
    [Required(ErrorMessage = "Choose a password."), MinLength(12, ErrorMessage = "Take at least 12 characters. A few words in a row are easy to remember.")]
    public string Password { get; set; } = "";

    [Compare(nameof(Password), ErrorMessage = "The two passwords differ. Type the same one twice.")]
    public string Again { get; set; } = "";
}
