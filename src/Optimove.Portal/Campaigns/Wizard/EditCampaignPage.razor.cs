using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Campaigns.Reach;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Channels.Templates;
using Optimove.Portal.Ui.Badges;
using Optimove.Portal.Ui.Forms;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Campaigns.Wizard;

public sealed partial class EditCampaignPage
{
    private readonly PendingSaves _saves = new();
    private readonly Dictionary<CampaignField, string> _problems = [];
    private Page<CampaignDraft>? _page;
    private CampaignDraft? _draft;
    private Saving _saving;
    private string? _savedAt;
    private string? _problem;

    [Parameter] public int Id { get; set; }
    [Parameter] public string Step { get; set; } = "";

    [Inject] private DraftQueries Queries { get; set; } = default!;
    [Inject] private SaveDraft Save { get; set; } = default!;
    [Inject] private EditScheduled Edit { get; set; } = default!;
    [Inject] private CountReach Count { get; set; } = default!;
    [Inject] private ReadBaseRate Base { get; set; } = default!;
    [Inject] private PreviewTemplate Preview { get; set; } = default!;
    [Inject] private UsualLiftReader Usual { get; set; } = default!;

    // What was saved since the page was loaded is newer than what it was loaded with.
    private CampaignDraft Draft(CampaignDraft loaded) => _draft is { } mine && mine.Campaign.Id == loaded.Campaign.Id ? mine : loaded;

    private StepContext Context(CampaignDraft draft) => new() { Draft = draft, SaveAsync = SaveAsync, Problems = _problems, Tenant = Tenant, Now = Now };

    private Status StatusOf(CampaignDraft draft) => draft.Occurrence is { } o && draft.Campaign.State != CampaignState.Draft
        ? Overview.OccurrenceStatus.Of(o, Now, Zone).Status : Status.Draft;

    private async Task<CampaignDraft?> LoadAsync(CancellationToken cancellation)
    {
        _draft = await Queries.GetAsync(Id, cancellation);
        if (_draft is not null && _saving == Saving.Untouched) (_saving, _savedAt) = (Saving.Saved, SavedAt(_draft.Campaign.SavedAt));
        return _draft;
    }

    private async Task ReloadAsync()
    {
        (_saving, _problem) = (Saving.Untouched, null);
        _problems.Clear();
        await _page!.ReloadAsync();
    }

    private string? Closed(CampaignDraft draft)
    {
        if (!MayEdit) return IsStaff ? "You are visiting and may only look." : "Your account may look but not change things.";
        if (draft.Campaign.State == CampaignState.Draft) return null;
        return draft.Occurrence is { } o && EditWindow.IsOpen(o, Now) ? null : "This campaign can no longer be edited. It can be copied and sent again.";
    }

    private Task SaveAsync(CampaignChange change) => _saves.AddAsync(async () =>
    {
        try
        {
            (_saving, _problem) = (Saving.Running, null);
            StateHasChanged();
            var present = _draft!.Campaign;
            var saved = present.State == CampaignState.Draft
                ? await Save.RunAsync(Id, present.Version, change)
                : await Edit.RunAsync(Id, present.Version, change);
            _draft = await Queries.GetAsync(Id);
            Take(change, saved);
        }
        catch (RefusedException e)
        {
            (_saving, _problem) = (Saving.Failed, e.Message);
        }
        StateHasChanged();
    });

    // The next page shows what was just typed here, so it opens once that is saved; who cannot have it saved stays and reads why.
    private async Task LeaveAsync(LocationChangingContext leaving)
    {
        var unseen = _saving == Saving.Running;
        await _saves.SettledAsync();
        if (unseen && _saving == Saving.Failed) leaving.PreventNavigation();
    }

    private void Take(CampaignChange change, SavedChange saved)
    {
        foreach (var field in Touched(change)) _problems.Remove(field);
        foreach (var problem in saved.Problems) _problems[problem.Field] = problem.Sentence;
        (_saving, _savedAt) = (Saving.Saved, SavedAt(saved.At));
    }

    private static IEnumerable<CampaignField> Touched(CampaignChange change)
    {
        if (change.Name is not null) yield return CampaignField.Name;
        if (change.TargetGroupId is not null) yield return CampaignField.TargetGroup;
        if (change.ControlShare is not null) yield return CampaignField.ControlShare;
        if (change.MeasurementDays is not null) yield return CampaignField.MeasurementDays;
        if (change.ConnectionId is not null) yield return CampaignField.Connection;
        if (change.ConnectionId is not null || change.TemplateId is not null) yield return CampaignField.Template;
        if (change.SendDate is not null) yield return CampaignField.SendDate;
        if (change.SendTime is not null) yield return CampaignField.SendTime;
    }

    private async Task<AudienceFacts> FactsAsync(int groupId, CancellationToken cancellation)
    {
        var campaign = _draft!.Campaign;
        var reach = await Count.RunAsync(groupId, campaign.ConnectionId, campaign.TemplateId, cancellation);
        return new(reach, await Base.RunAsync(groupId, campaign.MeasurementDays, campaign.Kpi, cancellation), await Usual(cancellation));
    }

    private string SavedAt(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
