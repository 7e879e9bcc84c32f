using Microsoft.AspNetCore.Components;
using Optimove.Portal.Providers;
using Optimove.Portal.Ui.Forms;

namespace Optimove.Portal.Channels.Connections;

public sealed partial class SettingsForm
{
    private readonly Dictionary<string, string?> _values = [];
    private readonly HashSet<string> _replaced = [];
    private IReadOnlyList<SettingProblem> _problems = [];
    private object? _shown;
    private string _name = "";
    private bool _touched;

    [Parameter, EditorRequired] public required ProviderInfo Provider { get; set; }
    /// <summary>The saved connection's id; null for a new one.</summary>
    [Parameter] public int? ConnectionId { get; set; }
    [Parameter, EditorRequired] public required string Name { get; set; }
    /// <summary>The settings that are not secret, as saved.</summary>
    [Parameter] public IReadOnlyDictionary<string, string?> Settings { get; set; } = new Dictionary<string, string?>();
    /// <summary>Names of the secrets that are saved.</summary>
    [Parameter] public IReadOnlyCollection<string> Saved { get; set; } = [];
    /// <summary>Since when the secrets are saved and whether they work.</summary>
    [Parameter] public string? SecretsHint { get; set; }
    /// <summary>Why new secrets were not taken.</summary>
    [Parameter] public string? Objection { get; set; }
    [Parameter] public bool Busy { get; set; }
    /// <summary>Given only drafts without a problem.</summary>
    [Parameter] public EventCallback<ConnectionDraft> OnSave { get; set; }
    /// <summary>What comes before the button.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    private IReadOnlyList<FieldError> Errors => [.. _problems.Select(p => new FieldError(p.Label, IdOf(p.Field)))];

    protected override void OnParametersSet()
    {
        // A page that reads again while checks run must not take away what is being typed.
        if (Equals(_shown, (ConnectionId, Name, string.Join('\n', Settings), SecretsHint))) return;
        if (_shown is not null && _touched) return;
        Undo();
    }

    private void Undo()
    {
        _shown = (ConnectionId, Name, string.Join('\n', Settings), SecretsHint);
        _values.Clear();
        foreach (var (name, value) in Settings) _values[name] = value;
        _replaced.Clear();
        (_name, _problems, _touched) = (Name, [], false);
    }

    private bool IsKept(SettingField field) => field.Secret && Saved.Contains(field.Name) && !_replaced.Contains(field.Name);

    private void Keep(SettingField field)
    {
        _replaced.Remove(field.Name);
        _values.Remove(field.Name);
    }

    private void Set(SettingField field, ChangeEventArgs e)
    {
        _values[field.Name] = e.Value?.ToString();
        _touched = true;
    }

    private async Task SubmitAsync(bool insists)
    {
        var draft = new ConnectionDraft
        {
            Id = ConnectionId, Provider = Provider.Key, Name = _name, Insists = insists,
            Values = _values.Where(v => !SettingField.Of(Provider).Any(f => f.Name == v.Key && IsKept(f))).ToDictionary(v => v.Key, v => v.Value),
        };
        _problems = draft.Problems(Provider, [.. Saved.Where(s => !_replaced.Contains(s))]);
        if (_problems.Count > 0) return;
        await OnSave.InvokeAsync(draft);
    }

    /// <summary>For the page, once a draft was saved: what was typed as a secret is forgotten.</summary>
    public void Forget()
    {
        _shown = null;
        Undo();
        StateHasChanged();
    }

    private string? ErrorOf(string field) => _problems.FirstOrDefault(p => p.Field == field)?.Sentence;

    private string? HintOf(SettingField field) => IsKept(field) ? SecretsHint : field.Setting.Hint ?? (field.Lines ? "One entry a line." : null);

    private static string IdOf(string field) => $"setting-{field}";
}
