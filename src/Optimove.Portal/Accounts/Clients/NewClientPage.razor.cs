using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui.Forms;
using Optimove.Portal.Ui.Overlays;

namespace Optimove.Portal.Accounts.Clients;

public sealed partial class NewClientPage
{
    private static readonly (string Field, string Label, string Id)[] Fields =
    [
        ("Name", "Name", "name"), ("Slug", "Address", "slug"), ("TimeZone", "Time zone", "zone"), ("Currency", "Currency", "currency"),
        ("FirstName", "Name of the first person", "first-name"), ("FirstEmail", "E-mail of the first person", "first-email"),
    ];

    private readonly NewClient _client = new();
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private string? _refusal;
    private bool _ownSlug;
    private bool _busy;

    [Inject] private CreateClient Create { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = default!;

    private IReadOnlyList<FieldError> Errors => [.. Fields.Where(f => _problems.ContainsKey(f.Field)).Select(f => new FieldError(f.Label, f.Id))];

    private void Suggest()
    {
        if (!_ownSlug) _client.Slug = ClientRules.SuggestSlug(_client.Facts.Name);
    }

    private void TakeSlug(ChangeEventArgs e)
    {
        _ownSlug = true;
        _client.Slug = ((string?)e.Value ?? "").Trim();
    }

    private async Task CreateAsync()
    {
        _refusal = null;
        _problems = ClientRules.Problems(_client);
        if (_problems.Count > 0) return;
        _busy = true;
        try
        {
            var notInvited = await Create.RunAsync((await Authentication).User, _client);
            if (notInvited is null) Toasts.Confirm($"{_client.Facts.Name} is ready.", $"{_client.FirstName} gets an invitation.");
            else Toasts.Warn($"{_client.Facts.Name} is ready, but the invitation did not go out.", $"{notInvited} Then send it again under Settings, People.");
            Navigation.NavigateTo(Urls.Client(_client.Slug));
        }
        catch (RefusedException e)
        {
            _refusal = e.Message;
        }
        _busy = false;
    }
}
