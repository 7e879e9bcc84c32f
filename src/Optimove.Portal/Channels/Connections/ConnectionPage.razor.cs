using Microsoft.AspNetCore.Components;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Channels.Templates;
using Optimove.Portal.Providers;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;
using Radzen;

namespace Optimove.Portal.Channels.Connections;

public sealed partial class ConnectionPage : IDisposable
{
    private Page<ConnectionView>? _page;
    private SettingsForm? _form;
    private string? _running;
    private int _tried;
    private string? _objection;
    private bool _saving;
    private bool _left;

    [Inject] private ConnectionQueries Queries { get; set; } = default!;
    [Inject] private ConnectionDeeds Deeds { get; set; } = default!;
    [Inject] private TenantContext Tenant { get; set; } = default!;
    [Inject] private Actor Actor { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [Inject] private DialogService Dialogs { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";
    [Parameter] public int Id { get; set; }
    /// <summary>Set by the page that made the connection: its checks run at once.</summary>
    [SupplyParameterFromQuery] private string? Check { get; set; }

    private TimeZoneInfo Zone => Tenant.Current.Zone;
    private bool MayEdit => Actor.MayEdit(Clock.GetUtcNow());
    private bool MayAdministrate => Actor.MayAdministrate(Clock.GetUtcNow());

    private async Task<ConnectionView?> ReadAsync(CancellationToken cancellation)
    {
        var view = await Queries.FindAsync(Id, cancellation);
        if (view is not null && Check == "now" && _running is null && MayEdit)
        {
            Check = null;
            Navigation.NavigateTo(Urls.Connection(Slug, Id), replace: true);
            _ = InvokeAsync(() => CheckAllAsync(view));
        }
        return view;
    }

    private async Task SaveAsync(ConnectionDraft draft)
    {
        (_saving, _objection) = (true, null);
        try
        {
            var saved = await Deeds.Save.RunAsync(draft);
            _objection = saved.Objection;
            if (saved.Objection is not null) return;
            _form?.Forget();
            Toasts.Confirm("The settings are saved", "Each item of the checklist is tried now.");
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
            return;
        }
        finally
        {
            _saving = false;
        }
        await ReloadAsync();
        if (await Queries.FindAsync(Id) is { } view) await CheckAllAsync(view);
    }

    private async Task CheckAllAsync(ConnectionView view)
    {
        if (_running is not null) return;
        (_running, _tried) = ("", 0);
        await ReloadAsync();
        // So that the item about templates knows today's.
        await DoAsync(() => Deeds.Synchronise.RunAsync(Id));
        foreach (var item in Automatic(view))
        {
            (_running, _tried) = (item.Key, _tried + 1);
            Refresh();
            await DoAsync(() => Deeds.Check.RunAsync(Id, item.Key));
            await ReloadAsync();
        }
        _running = null;
        Refresh();
    }

    private async Task TryAsync(ChecklistLine line)
    {
        _running = line.Item.Key;
        Refresh();
        await DoAsync(() => Deeds.Check.RunAsync(Id, line.Item.Key));
        _running = null;
        await ReloadAsync();
    }

    private async Task ConfirmAsync(ChecklistLine line)
    {
        if (await Dialogs.OpenAsync<ConfirmCheckDialog>(line.Item.Title, new() { [nameof(ConfirmCheckDialog.Item)] = line.Item },
            new DialogOptions { Width = "520px", CloseDialogOnEsc = true, AutoFocusFirstElement = true, ShowClose = true }) is not string note) return;
        if (await DoAsync(() => Deeds.Confirm.RunAsync(Id, line.Item.Key, holds: true, note))) Toasts.Confirm($"\"{line.Item.Title}\" is confirmed", "With your name and your note.");
        await ReloadAsync();
    }

    private async Task DoubtAsync(ChecklistLine line)
    {
        await DoAsync(() => Deeds.Confirm.RunAsync(Id, line.Item.Key, holds: false, note: null));
        await ReloadAsync();
    }

    private async Task RemoveAsync(ConnectionView view)
    {
        var measured = (await Queries.UsesAsync(Id)).Count(u => u.Sent);
        var consequence = "No campaign can go out through it any more, and its saved secrets are deleted."
            + (measured > 0 ? $" {Format.Count(measured, "campaign")} already sent will get no further delivery figures." : "");
        if (await Confirmations.AskAsync(new($"Remove {view.Name}?", consequence, "Remove the connection")) is null) return;
        if (!await DoAsync(() => Deeds.Remove.RunAsync(Id))) return;
        Toasts.Confirm($"{view.Name} is removed");
        Navigation.NavigateTo(Urls.Channels(Slug));
    }

    private async Task<bool> DoAsync(Func<Task> deed)
    {
        try
        {
            await deed();
            return true;
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
            return false;
        }
    }

    // Checks go on when the page is left; only the drawing ends.
    private Task ReloadAsync() => _left || _page is null ? Task.CompletedTask : _page.ReloadAsync();

    private void Refresh()
    {
        if (!_left) StateHasChanged();
    }

    private static List<CheckItem> Automatic(ConnectionView view) => [.. view.Provider.Checklist.Where(i => !i.ByPerson)];

    private string Answer(ConnectionView view) =>
        $"{ChecklistLook.InWords(view.Provider.Channel)} for {Tenant.Current.Name} · re-checked every night and whenever you ask · {view.UsableTemplates} of {Format.Count(view.Templates, "template")} can be chosen";

    private string? SecretsHint(ConnectionView view)
    {
        if (view.SecretsSavedAt is not { } at) return null;
        var since = view.Checklist.Lines.Where(l => !l.Item.ByPerson && l.CheckedAt >= at).ToList();
        return $"Saved {Format.ShortMoment(at, Zone)}; {(since.Any(l => l.State is CheckState.Works) ? "works" : since.Count > 0 ? "has not been seen to work" : "not tried yet")}.";
    }

    private static string OwnerWords(int blocked, int lookAt, int waiting) =>
        blocked > 0 ? $"{blocked} to do" : lookAt > 0 ? $"{lookAt} to look at" : waiting > 0 ? $"{waiting} waiting" : "done";

    private static string? OwnerTone(int blocked, int lookAt, int waiting) => blocked > 0 ? "bad" : lookAt > 0 ? "warn" : waiting > 0 ? null : "good";

    public void Dispose() => _left = true;
}
