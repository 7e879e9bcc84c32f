using Radzen;

namespace Optimove.Portal.Ui.Overlays;

/// <summary>Asks before a deed. Null means that the person kept things as they are.</summary>
public sealed class Confirmations(DialogService dialogs)
{
    public async Task<Confirmed?> AskAsync(Deed deed) =>
        await dialogs.OpenAsync<ConfirmDialog>(deed.Question, new() { [nameof(ConfirmDialog.Deed)] = deed },
            new DialogOptions { Width = "460px", CloseDialogOnEsc = true, AutoFocusFirstElement = true, ShowClose = true }) as Confirmed;
}
