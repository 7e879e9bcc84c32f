using System.Globalization;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.PartnerApi.Credentials;

public sealed partial class CredentialsPage
{
    private Page<CredentialsView>? _page;
    private IssuedSecrets? _issued;
    private int _overlapHours = 24;

    [Inject] private CredentialQueries Queries { get; set; } = default!;
    [Inject] private IssueCredential Issue { get; set; } = default!;
    [Inject] private RotateCredential Rotate { get; set; } = default!;
    [Inject] private RevokeCredential Revoke { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    /// <summary>The id of the credential that is open, or "new".</summary>
    [SupplyParameterFromQuery] private string? Open { get; set; }

    private string Address(string? open) => Urls.Settings(Slug, "api") + (open is null ? "" : $"?open={open}");

    private static string Id(CredentialLine line) => line.Credential.Id.ToString(CultureInfo.InvariantCulture);

    private static string ReachOf(CredentialLine line) => line.Credential.Kind == CredentialKind.Client
        ? "Everything"
        : $"{(line.Credential.ChannelIds.Length == 1 ? "channel" : "channels")} {string.Join(", ", line.Credential.ChannelIds)}; {Format.Count(line.Credential.Fields.Length, "attribute")}";

    private async Task IssueAsync(CredentialDraft draft) => await ShowAsync(() => Issue.RunAsync(draft));

    private async Task RotateAsync(ApiCredential credential) => await ShowAsync(() => Rotate.RunAsync(credential.Id, TimeSpan.FromHours(_overlapHours)));

    private async Task RevokeAsync(ApiCredential credential)
    {
        var deed = new Deed($"Revoke {credential.Name}?", "Its key, password and tokens stop with the next call, and its listeners are told nothing more. A new credential can be issued at any time.", "Revoke it");
        if (await Confirmations.AskAsync(deed) is null) return;
        if (await TryAsync(() => Revoke.RunAsync(credential.Id)))
        {
            Toasts.Confirm($"{credential.Name} is revoked.");
            Navigation.NavigateTo(Address(null));
        }
        await _page!.ReloadAsync();
    }

    private async Task ShowAsync(Func<Task<IssuedSecrets>> give)
    {
        if (!await TryAsync(async () => _issued = await give())) return;
        Navigation.NavigateTo(Address(null));
        await _page!.ReloadAsync();
    }
}
