using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Optimove.Portal.Accounts.Visits;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Icons;
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
        clients.Count(c => c.Need > 0) is var need && need == 0 ? "Nobody needs help now." : $"{need} of {Format.Count(clients.Count, "client")} {(need == 1 ? "needs" : "need")} help.";

    private static (string Css, Glyph Glyph, string Word) State(ClientLine client) => client switch
    {
        { SuspendedAt: not null } => ("off", Glyph.Barred, "Suspended"),
        { Missed: > 0 } or { Blocked: > 0 } => ("bad", Glyph.XCircle, "Needs help"),
        { Need: > 0 } => ("warn", Glyph.Warn, "Look at it"),
        _ => ("good", Glyph.TickCircle, "Good"),
    };

    private static string DataSentence(ClientLine client) => client switch
    {
        { DataDate: null } => "None yet",
        { DataAgeDays: <= 0 } => "Of today",
        { DataAgeDays: 1 } => "Of yesterday",
        _ => $"Of {Format.DayMonth(client.DataDate.Value)}, {client.DataAgeDays} days ago",
    };

    private static RenderFragment Count(int count, string css) => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", count > 0 ? $"{css} strong" : "faint");
        builder.AddContent(2, Format.Number(count));
        builder.CloseElement();
    };

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
