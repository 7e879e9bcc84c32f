using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Optimove.Portal.Accounts.Visits;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Overlays;

namespace Optimove.Portal.Accounts.Clients;

public sealed partial class ClientsPage
{
    private bool _admin;
    private ClaimsPrincipal _person = default!;

    [Inject] private ClientQueries Queries { get; set; } = default!;
    [Inject] private EnterClient Enter { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = default!;

    private async Task<IReadOnlyList<ClientLine>> ReadAsync(CancellationToken cancellation)
    {
        _person = (await Authentication).User;
        _admin = _person.Role is UserRole.StaffAdmin;
        return await Queries.ListAsync(_person, cancellation);
    }

    private static string Summary(IReadOnlyList<ClientLine> clients) =>
        Format.Count(clients.Count, "client") + (clients.Count(c => c.SuspendedAt is not null) is > 0 and var suspended ? $", {suspended} suspended." : ".");

    private async Task EnterAsync(string slug)
    {
        try
        {
            await Enter.RunAsync(_person, slug);
            Navigation.NavigateTo(Urls.MissionControl(slug), forceLoad: true);
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
    }
}
