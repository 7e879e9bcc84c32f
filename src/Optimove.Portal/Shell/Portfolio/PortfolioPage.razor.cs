using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Optimove.Portal.Accounts;
using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Accounts.Visits;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Badges;
using Optimove.Portal.Ui.Overlays;

namespace Optimove.Portal.Shell.Portfolio;

public sealed partial class PortfolioPage
{
    private bool _admin;
    private ClaimsPrincipal _person = default!;

    [Inject] private PortfolioQueries Queries { get; set; } = default!;
    [Inject] private EnterClient Enter { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = default!;

    private async Task<IReadOnlyList<PortfolioClient>> ReadAsync(CancellationToken cancellation)
    {
        _person = (await Authentication).User;
        _admin = _person.Role is UserRole.StaffAdmin;
        return await Queries.ListAsync(_person, cancellation);
    }

    private async Task EnterAsync(PortfolioClient client, string address)
    {
        try
        {
            await Enter.RunAsync(_person, client.Client.Tenant.Slug);
            Navigation.NavigateTo(address, forceLoad: true);
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
    }

    private static string Answer(IReadOnlyList<PortfolioClient> clients) => clients.Count(c => c.Standing is Standing.NeedsHelp) switch
    {
        0 => $"None of {Format.Count(clients.Count, "client")} needs help now.",
        var need => $"{need} of {Format.Count(clients.Count, "client")} {(need == 1 ? "needs" : "need")} help now, {clients[0].Client.Tenant.Name} first.",
    };

    private static string Words(Standing standing) => standing switch { Standing.NeedsHelp => "Needs help now", Standing.Watch => "Watch", Standing.Fine => "Fine", _ => "Suspended" };

    private static Tone DataTone(ClientHealth health) => health.FileUnused || health.DataLate ? Tone.Bad : health.DataDate is null ? Tone.Idle : Tone.Good;

    private static string DataWords(PortfolioClient client) => client.Health switch
    {
        { DataDate: null, FileUnused: false } => "none yet",
        { DataDate: null } => "File not used, none before it",
        { FileUnused: true } h => $"File not used; that of {Format.DayMonth(h.DataDate!.Value)} is",
        { DataLate: true } h => $"No file since {Format.DayMonth(h.DataDate!.Value)}",
        { DataAt: { } at } h => $"{(h.DataAge <= 0 ? "Today" : "Yesterday")}, {Format.Clock(at, client.Client.Tenant.Zone)}",
        _ => "arrived",
    };

    private static Tone ToneOf(ChecklistState checklist) => checklist.Blocking.Count > 0 ? Tone.Bad : checklist.Ready ? Tone.Good : Tone.Warn;

    private static Tone CampaignTone(ClientHealth health) => health.Missed > 0 ? Tone.Bad : health.Stuck > 0 ? Tone.Warn : health.Today > 0 ? Tone.Good : Tone.Idle;

    private static string CampaignWords(PortfolioClient client) =>
        client.Health.Stuck > 0 ? client.Stuck : client.Health.Today > 0 ? $"{client.Health.Today} today, as planned" : "none today";

    private string Visited(ClientLine client) => client switch
    {
        { Visiting: true } => "now",
        { VisitedAt: null } => "never by you",
        { VisitedAt: { } at } => ChecklistLook.HowLong(Clock.GetUtcNow() - at) + " ago",
    };
}
