using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Campaigns.Launch;
using Optimove.Portal.Campaigns.Reach;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Data;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Campaigns.Preflight;

public sealed partial class PreflightPage
{
    private Page<PreflightView>? _page;
    private PreflightView? _view;
    private bool _busy;

    [Parameter] public int Id { get; set; }
    /// <summary>The bar whose people are open.</summary>
    [SupplyParameterFromQuery] public string? Open { get; set; }

    [Inject] private IDbContextFactory<PortalDb> Databases { get; set; } = default!;
    [Inject] private DraftQueries Drafts { get; set; } = default!;
    [Inject] private CheckLaunch Check { get; set; } = default!;
    [Inject] private CountReach Count { get; set; } = default!;
    [Inject] private ReachSample Sample { get; set; } = default!;
    [Inject] private ScheduleCampaign Schedule { get; set; } = default!;
    [Inject] private UnscheduleCampaign Unschedule { get; set; } = default!;

    private async Task<PreflightView?> LoadAsync(CancellationToken cancellation)
    {
        if (await Drafts.GetAsync(Id, cancellation) is not { } draft) return null;
        await using var db = await Databases.CreateDbContextAsync(cancellation);
        var launched = draft.Campaign.State != CampaignState.Draft;
        var checks = await Check.RunAsync(db, draft.Campaign, timeUnchanged: launched, cancellation);
        var (reach, problem) = await ReachAsync(draft.Campaign, cancellation);
        return _view = new(draft, checks, reach, problem, Now, Zone);
    }

    private async Task<(ReachCounts?, string?)> ReachAsync(Campaign campaign, CancellationToken cancellation)
    {
        if (campaign.TargetGroupId is not { } id) return (null, "Choose a target group first.");
        try
        {
            return (await Count.RunAsync(id, campaign.ConnectionId, campaign.TemplateId, cancellation), null);
        }
        catch (RefusedException e)
        {
            return (null, e.Message);
        }
    }

    private string Here(string? bar) => Urls.Preflight(Slug, Id) + (bar is null ? "" : $"?open={bar}");

    private string Deed(PreflightView view) => view.Plan is { } plan ? $"Schedule for {Brief(plan.SendAt)}" : "Schedule";

    private string Brief(DateTimeOffset at) => $"{Format.LocalDay(at, Zone).ToString("ddd d MMMM", System.Globalization.CultureInfo.InvariantCulture)}, {Format.Clock(at, Zone)}";

    private async Task ScheduleAsync(PreflightView view)
    {
        _busy = true;
        var done = await TryAsync(async () =>
        {
            var plan = await Schedule.RunAsync(Id, view.Draft.Campaign.Version);
            Toasts.Confirm($"Scheduled for {Brief(plan.SendAt)} {Zone.Id}", $"Editable until {Brief(plan.LocksAt)}.", TakeBackAsync);
        });
        _busy = false;
        if (done) Navigation.NavigateTo(Urls.Campaign(Slug, Id));
        else await _page!.ReloadAsync();
    }

    private async Task TakeBackAsync()
    {
        if (!await TryAsync(() => Unschedule.RunAsync(Id))) return;
        Toasts.Confirm("It is a draft again", "Nothing goes out.");
        var here = Urls.Preflight(Slug, Id);
        if (Navigation.Uri.EndsWith(here, StringComparison.Ordinal)) await _page!.ReloadAsync();
        else Navigation.NavigateTo(here);
    }
}
