using Microsoft.AspNetCore.Components;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Accounts.Users;

public sealed partial class UsersPage
{
    private Page<IReadOnlyList<UserLine>>? _page;

    [Inject] private UserQueries Queries { get; set; } = default!;
    [Inject] private InviteUser Invite { get; set; } = default!;
    [Inject] private ResendInvitation Resend { get; set; } = default!;
    [Inject] private ChangeUserRole ChangeRole { get; set; } = default!;
    [Inject] private SetUserAccess SetAccess { get; set; } = default!;
    [Inject] private TenantContext Tenant { get; set; } = default!;
    [Inject] private Actor Actor { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";

    private bool MayChange => Actor.MayAdministrate(Clock.GetUtcNow());

    private async Task InviteAsync(string name, string email, UserRole role)
    {
        try
        {
            await Invite.RunAsync(name, email, role);
            Toasts.Confirm($"{name.Trim()} is invited.", "The link in the mail works once, within seven days.");
        }
        finally
        {
            await _page!.ReloadAsync();
        }
    }

    private Task ResendAsync(UserLine user) => DoAsync(() => Resend.RunAsync(user.Id), $"{user.Name} gets a new link.");

    private Task ChangeRoleAsync(UserLine user, ChangeEventArgs e)
    {
        var role = Enum.Parse<UserRole>((string)e.Value!);
        return DoAsync(() => ChangeRole.RunAsync(user.Id, role), $"{user.Name} is now: {role.InWords()}.");
    }

    private async Task SetAccessAsync(UserLine user)
    {
        var closes = user.DisabledAt is null;
        if (closes && await Confirmations.AskAsync(new($"Close the account of {user.Name}?", "They are signed out within a minute and cannot sign in. What they made stays. The account can be opened again.", "Close the account") { Keep = "Keep it open" }) is null) return;
        await DoAsync(() => SetAccess.RunAsync(user.Id, open: !closes), closes ? $"The account of {user.Name} is closed." : $"The account of {user.Name} is open again.");
    }

    private async Task DoAsync(Func<Task> deed, string done)
    {
        try
        {
            await deed();
            Toasts.Confirm(done);
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
        await _page!.ReloadAsync();
    }
}
