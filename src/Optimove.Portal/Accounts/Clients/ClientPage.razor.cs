using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Optimove.Portal.Accounts.Visits;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Accounts.Clients;

public sealed partial class ClientPage
{
    private Page<ClientDetails>? _page;
    private ClaimsPrincipal _person = default!;
    private ClientFacts _facts = new();
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private bool _admin;

    [Inject] private ClientQueries Queries { get; set; } = default!;
    [Inject] private ChangeClient Change { get; set; } = default!;
    [Inject] private SuspendClient Suspend { get; set; } = default!;
    [Inject] private ResumeClient Resume { get; set; } = default!;
    [Inject] private AssignCsms Assign { get; set; } = default!;
    [Inject] private EnterClient Enter { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";

    private async Task<ClientDetails> ReadAsync(CancellationToken cancellation)
    {
        _person = (await Authentication).User;
        _admin = _person.Role is UserRole.StaffAdmin;
        var client = await Queries.GetAsync(_person, Slug, cancellation);
        if (client is not null) _facts = ClientFacts.Of(client);
        return client!;
    }

    private async Task SaveAsync()
    {
        _problems = ClientRules.Problems(_facts);
        if (_problems.Count == 0) await DoAsync(() => Change.RunAsync(_person, Slug, _facts), "Saved.");
    }

    private Task AssignAsync(ClientDetails client, CsmChoice csm, bool assigned)
    {
        var ids = client.Csms.Where(c => c.UserId == csm.UserId ? assigned : c.Assigned).Select(c => c.UserId).ToList();
        return DoAsync(() => Assign.RunAsync(_person, Slug, ids), assigned ? $"{csm.Name} looks after {client.Name}." : $"{csm.Name} no longer looks after {client.Name}.");
    }

    private async Task SuspendAsync(ClientDetails client)
    {
        var deed = new Deed($"Suspend {client.Name}?", "Nothing of it runs from now on: no import, no list, no push. Its people are signed out within a minute. All data stays, and the client can be resumed.", "Suspend the client") { Keep = "Keep it running", AsksWhy = true, WhyExample = "Contract paused" };
        if (await Confirmations.AskAsync(deed) is { } confirmed) await DoAsync(() => Suspend.RunAsync(_person, Slug, confirmed.Why), $"{client.Name} is suspended.");
    }

    private async Task ResumeAsync(ClientDetails client)
    {
        var deed = new Deed($"Resume {client.Name}?", "Its people can sign in again, and tonight's work runs. Occurrences whose time has passed are missed, not sent late.", "Resume the client") { Keep = "Keep it suspended", Red = false };
        if (await Confirmations.AskAsync(deed) is not null) await DoAsync(() => Resume.RunAsync(_person, Slug), $"{client.Name} works again.");
    }

    private async Task EnterAsync()
    {
        try
        {
            await Enter.RunAsync(_person, Slug);
            Navigation.NavigateTo(Urls.MissionControl(Slug), forceLoad: true);
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
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
