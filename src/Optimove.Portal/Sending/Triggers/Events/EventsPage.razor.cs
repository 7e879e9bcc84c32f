using System.Globalization;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Sending.Triggers.Events;

public sealed partial class EventsPage
{
    private readonly EventDraft _new = new() { Parameters = [new()] };
    private Page<IReadOnlyList<EventUse>>? _page;

    [Inject] private EventDefinitionQueries Queries { get; set; } = default!;
    [Inject] private SaveEventDefinition Save { get; set; } = default!;
    [Inject] private RetireEventDefinition Retire { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [Inject] private Actor Person { get; set; } = default!;
    /// <summary>The number of the event that is open, or "new".</summary>
    [SupplyParameterFromQuery] private string? Open { get; set; }

    private bool MayAdministrate => Person.MayAdministrate(Now);

    private string Address(string? open) => Urls.Settings(Slug, "events") + (open is null ? "" : $"?open={open}");

    private static string Id(EventUse use) => use.Definition.Id.ToString(CultureInfo.InvariantCulture);

    private async Task SaveAsync(int? id, EventDraft draft)
    {
        if (!await TryAsync(() => Save.RunAsync(id, draft))) return;
        Toasts.Confirm($"{draft.Name.Trim()} is saved.");
        Navigation.NavigateTo(Address(null));
        await _page!.ReloadAsync();
    }

    private async Task RetireAsync(EventDefinition definition)
    {
        var deed = new Deed($"Retire {definition.Name}?", "Reports of it are refused from then on. What was reported stays for 30 days.", "Retire it");
        if (await Confirmations.AskAsync(deed) is null) return;
        if (await TryAsync(() => Retire.RunAsync(definition.Id))) Navigation.NavigateTo(Address(null));
        await _page!.ReloadAsync();
    }
}
