using Microsoft.AspNetCore.Components;
using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Campaigns.Launch;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Badges;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Campaigns.Overview;

public sealed partial class CampaignPage
{
    private Page<CampaignView>? _page;

    [Parameter] public int Id { get; set; }

    [Inject] private CampaignQueries Queries { get; set; } = default!;
    [Inject] private DuplicateCampaign Duplicate { get; set; } = default!;
    [Inject] private DiscardDraft Discard { get; set; } = default!;
    [Inject] private UnscheduleCampaign Unschedule { get; set; } = default!;
    [Inject] private CancelCampaign Cancel { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;

    private static Occurrence? Latest(CampaignView view) => view.Campaign.State == CampaignState.Draft ? null : view.Occurrences.FirstOrDefault();

    private OccurrenceStatus StatusOf(CampaignView view) => Latest(view) is { } o ? OccurrenceStatus.Of(o, Now, Zone)
        : new(Status.Draft, null, $"A draft; saved {Format.ShortMoment(view.Campaign.SavedAt, Zone)}");

    private Tone ToneOf(CampaignView view) => StatusOf(view).Status switch
    {
        Status.Missed => Tone.Bad, Status.Held or Status.Incomplete => Tone.Warn, Status.Sent => Tone.Good, _ => Tone.Idle,
    };

    private bool CanEdit(CampaignView view) => view.Campaign.State == CampaignState.Draft || Latest(view) is { } o && EditWindow.IsOpen(o, Now);
    private bool CanTakeBack(CampaignView view) => Latest(view) is { } o && EditWindow.IsBeforeLock(o, Now);
    private static bool CanCancel(CampaignView view) => Latest(view) is { CancelledAt: null, State: not (OccurrenceState.Measuring or OccurrenceState.Closed or OccurrenceState.Cancelled) };

    private async Task CopyAsync()
    {
        var copy = 0;
        if (await TryAsync(async () => copy = await Duplicate.RunAsync(Id))) Navigation.NavigateTo(Urls.EditCampaign(Slug, copy, WizardStep.Who));
    }

    private async Task TakeBackAsync()
    {
        if (await TryAsync(() => Unschedule.RunAsync(Id))) Navigation.NavigateTo(Urls.EditCampaign(Slug, Id, WizardStep.When));
    }

    private async Task CancelAsync(CampaignView view)
    {
        var o = Latest(view)!;
        var people = o.ListedAt is null ? "Nobody will get it." : $"{Format.Count(o.ToSend, "person", "people")} will not get it.";
        var deed = new Deed($"Cancel {view.Campaign.Name}?", $"{people} {(o.PushStartedAt is null ? "Nothing has gone out, so no one notices." : "What lies at the provider is taken back there as well; you see here when that is done.")}", "Cancel the campaign")
        {
            AsksWhy = true, WhyExample = "For example: wrong voucher code",
        };
        if (await Confirmations.AskAsync(deed) is not { } yes) return;
        if (await TryAsync(() => Cancel.RunAsync(Id, yes.Why))) Toasts.Confirm($"{view.Campaign.Name} is cancelled");
        await _page!.ReloadAsync();
    }

    private async Task DiscardAsync(CampaignView view)
    {
        if (await Confirmations.AskAsync(new($"Delete {view.Campaign.Name}?", "The draft leaves all lists. Nothing was planned with it.", "Delete the draft")) is null) return;
        if (await TryAsync(() => Discard.RunAsync(Id))) Navigation.NavigateTo(Urls.Campaigns(Slug));
    }
}
