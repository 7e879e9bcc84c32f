using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Optimove.Portal.Shell;
using Optimove.Portal.TargetGroups.Builder;
using Optimove.Portal.TargetGroups.Counts;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.TargetGroups;

/// <summary>The rule builder: a group's name and rule while they are being written, counted as they change, saved when the person says so.</summary>
public sealed partial class TargetGroupPage : IDisposable
{
    private const string Listed = "Target groups";
    private static readonly All Begun = new([ConditionEdit.Unwritten]);

    private Page<GroupForEditing>? _page;
    private GroupForEditing? _data;
    private string _name = "";
    private All _rule = Begun;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyDictionary<string, string> _problemAt = new Dictionary<string, string>();
    private SoundPart? _sound;
    private bool _urgent, _saving;
    private string? _refused;

    [Inject] private TargetGroupQueries Queries { get; set; } = default!;
    [Inject] private SaveTargetGroup Save { get; set; } = default!;
    [Inject] private ArchiveTargetGroup Archive { get; set; } = default!;
    [Inject] private RecordGroupSizes Record { get; set; } = default!;
    [Inject] private AttributeValues Values { get; set; } = default!;
    [Inject] private LiveCount Live { get; set; } = default!;
    [Inject] private TenantContext Tenant { get; set; } = default!;
    [Inject] private Actor Actor { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";
    /// <summary>Null for a new group.</summary>
    [Parameter] public int? Id { get; set; }
    [SupplyParameterFromQuery] private int? Days { get; set; }

    private bool MayEdit => Actor.MayEdit(Clock.GetUtcNow());
    private Rule? SavedRule => _data?.Group is { } group ? RuleShape.Lines(RuleJson.Read(group.Rule)) : null;
    private bool IsChanged => _data is not null && (!_rule.Equals(SavedRule ?? Begun) || _name.Trim() != (_data.Group?.Name ?? ""));
    private string? NameError => _urgent && _name.Trim().Length == 0 ? "A target group needs a name. Your colleagues choose it by that." : null;
    private int Unfinished => _rule.Rules.Count - (_sound?.Lines.Count ?? 0);

    protected override void OnInitialized() => Live.Changed += Refresh;

    private void Refresh() => _ = InvokeAsync(StateHasChanged);

    private async Task<GroupForEditing> LoadAsync(CancellationToken cancellation)
    {
        var data = await Queries.ForEditingAsync(Id, cancellation);
        if (data is null) return null!;
        _data = data;
        Discard();
        return data;
    }

    private void Discard()
    {
        (_name, _urgent, _refused) = (_data!.Group?.Name ?? "", false, null);
        Take((All?)SavedRule ?? Begun, atOnce: true);
    }

    private void ChangeAsync(Items<Rule> lines) => Take(new(lines), atOnce: false);

    private void Take(All rule, bool atOnce)
    {
        var catalogue = _data!.Context.Catalogue;
        _rule = rule;
        _problems = RuleChecker.Check(rule, catalogue, Id);
        _problemAt = _problems.GroupBy(p => p.Path).ToDictionary(g => g.Key, g => g.First().Sentence);
        _sound = SoundPart.Of(rule, catalogue, Id);
        var saved = SavedRule is { } before && !rule.Equals(before) && RuleChecker.Check(before, catalogue, Id).Count == 0 ? before : null;
        Live.Watch(_sound, saved, atOnce);
    }

    /// <summary>How many customers a line leaves; null while that is not known. What was counted of another rule is not said of this one.</summary>
    private long? LeftAfter(int line)
    {
        if (_sound is not { } sound || Live is not { Counted: { } counted, Count: { } count }) return null;
        var place = counted.Lines.ToList().IndexOf(line);
        var same = place >= 0 && sound.Lines.Contains(line) && counted.Rule.Rules.Take(place + 1).SequenceEqual(sound.Rule.Rules.Take(place + 1));
        return same && place < count.Left.Count ? count.Left[place] : null;
    }

    private BuilderContext Builder(GroupForEditing data) => new(
        Subject.All(data.Attributes, data.Others.Count > 0, data.Channels), data.Others, data.Context.Catalogue, data.Context.DataDate, _problemAt, _urgent,
        field => Values.MostFrequentAsync(field));

    private async Task SaveAsync()
    {
        (_urgent, _refused) = (true, null);
        if (NameError is not null || _problems.Count > 0 || !await AgreedAsync()) return;
        _saving = true;
        try
        {
            var saved = await Save.RunAsync(new(Id, _data!.Group?.Version ?? 0, _name, _rule));
            await Record.RunAsync(onlyGroup: saved.Id);
            Toasts.Confirm($"{_name.Trim()} is saved.", Live.Count is { } count ? $"{Format.Count(count.Size, "customer")} today; it is counted again every night." : null);
            if (Id is not null) await _page!.ReloadAsync();
            else Leave(Urls.TargetGroup(Tenant.Current.Slug, saved.Id));
        }
        catch (RefusedException e)
        {
            _refused = e.Message;
        }
        finally
        {
            _saving = false;
        }
    }

    /// <summary>A change that scheduled campaigns would feel is confirmed with its numbers.</summary>
    private async Task<bool> AgreedAsync()
    {
        var waiting = _data!.Uses.Waiting;
        if (waiting.Count == 0 || SavedRule is not { } saved || _rule.Equals(saved)) return true;
        var numbers = Live.Change is { } change ? $"{Format.Number(change.Adds)} people come in and {Format.Number(change.TakesAway)} go out. " : "";
        var names = string.Join(", ", waiting.Take(5).Select(c => c.Name)) + (waiting.Count > 5 ? $" and {waiting.Count - 5} more" : "");
        var deed = new Deed($"Change {_data.Group!.Name}?", $"{numbers}Campaigns that would change: {names}.", "Save change") { Keep = "Keep as it was", Red = false };
        return await Confirmations.AskAsync(deed) is not null;
    }

    private async Task ArchiveAsync()
    {
        var name = _data!.Group!.Name;
        if (await Confirmations.AskAsync(new($"Delete {name}?", "It leaves all lists. Campaigns that were sent to it keep their numbers.", "Delete group")) is null) return;
        try
        {
            await Archive.RunAsync(Id!.Value);
            Toasts.Confirm($"{name} is deleted.");
            Leave(Urls.TargetGroups(Tenant.Current.Slug));
        }
        catch (RefusedException e)
        {
            _refused = null;
            Toasts.Fail($"{name} was not deleted.", e.Message);
        }
    }

    private void Leave(string address)
    {
        _data = null;
        Navigation.NavigateTo(address);
    }

    private async Task GuardAsync(LocationChangingContext change)
    {
        var samePage = new Uri(Navigation.Uri).AbsolutePath == new Uri(Navigation.ToAbsoluteUri(change.TargetLocation).ToString()).AbsolutePath;
        if (samePage || !IsChanged) return;
        var leaves = await Confirmations.AskAsync(new("Leave without saving?", "The rule on this page is not saved.", "Leave") { Keep = "Stay here" });
        if (leaves is null) change.PreventNavigation();
    }

    private string? SubtitleOf(GroupForEditing data)
    {
        if (data.Group is not { } group) return "Say who is meant, one condition to a line.";
        var used = data.Uses.Campaigns.Count == 0 ? "Not used yet" : $"Used by {Format.Count(data.Uses.Campaigns.Count, "campaign")}";
        return $"{used} · last changed {Format.DayMonth(Format.LocalDay(group.ChangedAt, Tenant.Current.Zone))} by {group.ChangedBy}";
    }

    public void Dispose()
    {
        Live.Changed -= Refresh;
        Live.Stop();
    }
}
