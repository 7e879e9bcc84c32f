using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Optimove.Portal.Channels;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Sending.Triggers.Editing;

/// <summary>A triggered campaign on one page: when, who, what, limits; saved when the person says so.</summary>
public sealed partial class TriggeredCampaignPage
{
    private const string Campaigns = "Campaigns", Triggered = "Triggered";

    private Page<TriggerForEditing>? _page;
    private TriggerForEditing? _data;
    private TriggerDraft _draft = new(), _saved = new();
    private IReadOnlyList<TriggerProblem> _problems = [];
    private string? _refused;
    private bool _urgent, _leaving;

    [Inject] private TriggeredCampaignQueries Queries { get; set; } = default!;
    [Inject] private TriggerChoicesQueries Choices { get; set; } = default!;
    [Inject] private SaveTriggeredCampaign Save { get; set; } = default!;
    [Inject] private StartTriggeredCampaign Start { get; set; } = default!;
    [Inject] private PauseTriggeredCampaign Pause { get; set; } = default!;
    [Inject] private EndTriggeredCampaign End { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    /// <summary>Null for a new campaign.</summary>
    [Parameter] public int? Id { get; set; }

    private TriggeredCampaignState State => _data?.Campaign?.State ?? TriggeredCampaignState.Draft;
    private bool Locked => !MayEdit || State is TriggeredCampaignState.Live or TriggeredCampaignState.Ended;
    private bool IsChanged => _data is not null && !Locked && _draft != _saved;

    private async Task<TriggerForEditing> LoadAsync(CancellationToken cancellation)
    {
        var campaign = Id is { } id ? await Queries.FindAsync(id, cancellation) : null;
        if (Id is not null && campaign is null) return null!;
        _data = new(campaign, await Choices.ReadAsync(cancellation), campaign is null ? [] : [.. (await Queries.TotalsAsync(cancellation))[campaign.Id]]);
        (_saved, _refused, _urgent) = (campaign is null ? new() : TriggerDraft.Of(campaign), null, false);
        Take(_saved);
        return _data;
    }

    private void Take(TriggerDraft draft)
    {
        _draft = draft;
        _problems = _data!.Choices.Problems(draft);
    }

    // Never barred: what was typed last is told by the very click that saves it.
    private async Task SaveAsync()
    {
        if (Id is not null && !IsChanged)
        {
            Toasts.Confirm("Nothing has changed since it was saved.");
            return;
        }
        (_urgent, _refused) = (true, null);
        try
        {
            var saved = await Save.RunAsync(Id, _data!.Campaign?.Version ?? 0, _draft);
            _saved = _draft;
            Toasts.Confirm($"{_draft.Name.Trim()} is saved.", _problems.Count == 0 ? "It waits for you to start it." : null);
            if (Id is not null) await _page!.ReloadAsync();
            else Leave(Urls.TriggeredCampaign(Slug, saved.Id));
        }
        catch (RefusedException e)
        {
            _refused = e.Message;
        }
    }

    private Task StartAsync() => DoAsync(new($"Start {_saved.Name}?", "Events count from now on. Each customer who meets the trigger is decided upon at once, and what is sent cannot be taken back.", "Start it") { Keep = "Not yet", Red = false },
        () => Start.RunAsync(Id!.Value), $"{_saved.Name} is live.");

    private Task PauseAsync() => DoAsync(new($"Pause {_saved.Name}?", "Events are kept but count for nothing until it is started again. A wait for a second event that ends meanwhile is dropped.", "Pause it") { Keep = "Keep it live", Red = false },
        () => Pause.RunAsync(Id!.Value), $"{_saved.Name} is paused.");

    private async Task EndAsync()
    {
        var draft = State == TriggeredCampaignState.Draft;
        var deed = draft ? new Deed($"Discard {_saved.Name}?", "The draft is deleted.", "Discard it") : new($"End {_saved.Name}?", "It does not start again. Its decisions and figures stay.", "End it");
        if (await DoAsync(deed, () => End.RunAsync(Id!.Value), draft ? $"{_saved.Name} is discarded." : $"{_saved.Name} has ended.") && draft) Leave(Urls.TriggeredCampaigns(Slug));
    }

    private async Task<bool> DoAsync(Deed deed, Func<Task> act, string done)
    {
        if (await Confirmations.AskAsync(deed) is null || !await TryAsync(act)) return false;
        Toasts.Confirm(done);
        if (State != TriggeredCampaignState.Draft || deed.Red is false) await _page!.ReloadAsync();
        return true;
    }

    private void Leave(string address)
    {
        _leaving = true;
        Navigation.NavigateTo(address);
    }

    private async Task GuardAsync(LocationChangingContext context)
    {
        if (_leaving || !IsChanged) return;
        if (await Confirmations.AskAsync(new("Leave without saving?", "What you changed on this page is lost.", "Leave") { Keep = "Stay" }) is null) context.PreventNavigation();
    }

    /// <summary>Name of the connection that the saved campaign's messages go through; null where a partner is told.</summary>
    private static string? Connection(TriggerForEditing data) => data.Campaign?.ChannelId is { } number && ExecutionChannel.ConnectionOf(number) is not null
        ? data.Choices.Channels.FirstOrDefault(c => c.Number == number)?.Name ?? "a connection that was removed" : null;

    private string Summary(TriggerChoices choices)
    {
        var group = choices.Groups.FirstOrDefault(g => g.Id == _draft.TargetGroupId)?.Name ?? "a target group that is not chosen yet";
        var channel = choices.Channels.FirstOrDefault(c => c.Number == _draft.ChannelId);
        var template = channel?.Templates.FirstOrDefault(t => t.ActionId == _draft.ActionId)?.FullName;
        var what = channel is null ? "nothing yet" : $"{template ?? "a template that is not chosen yet"} through {channel.Name}";
        var control = _draft.ControlShare > 0 ? $" {Format.ShortPercent((double)_draft.ControlShare)} of them get nothing, as control." : "";
        return $"Whoever is in {group} at that moment gets {what}, {TriggerWords.Entry(_draft.EntryDays)}.{control}";
    }

    private static int? Number(object? value) => int.TryParse(value?.ToString(), CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What the page is made of; no campaign while a new one is written.</summary>
public sealed record TriggerForEditing(TriggeredCampaign? Campaign, TriggerChoices Choices, IReadOnlyList<FateTotal> Totals);
