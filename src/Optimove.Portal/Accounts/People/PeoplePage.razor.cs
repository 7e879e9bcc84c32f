using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Accounts.People;

public sealed partial class PeoplePage
{
    private static readonly UserRole[] Roles = [UserRole.CustomerSuccess, UserRole.StaffAdmin];

    private Page<IReadOnlyList<StaffLine>>? _page;

    [Inject] private PeopleQueries Queries { get; set; } = default!;
    [Inject] private InviteStaff Invite { get; set; } = default!;
    [Inject] private SetStaffAccess SetAccess { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = default!;

    private async Task InviteAsync(string name, string email, UserRole role)
    {
        try
        {
            await Invite.RunAsync((await Authentication).User, name, email, role);
            Toasts.Confirm($"{name.Trim()} is invited.", "The link in the mail works once, within seven days.");
        }
        finally
        {
            await _page!.ReloadAsync();
        }
    }

    private async Task SetAccessAsync(StaffLine person)
    {
        var closes = person.DisabledAt is null;
        if (closes && await Confirmations.AskAsync(new($"Close the account of {person.Name}?", "They leave every client at once and are signed out within a minute. The account can be opened again.", "Close the account") { Keep = "Keep it open" }) is null) return;
        try
        {
            await SetAccess.RunAsync((await Authentication).User, person.Id, open: !closes);
            Toasts.Confirm(closes ? $"The account of {person.Name} is closed." : $"The account of {person.Name} is open again.");
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
        await _page!.ReloadAsync();
    }
}
