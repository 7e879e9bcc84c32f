using Microsoft.AspNetCore.Components;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Forms;

namespace Optimove.Portal.Channels.Templates;

public sealed partial class SubjectEditor : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(800);

    private readonly string _id = ElementId.New("subject");
    private ITimer? _timer;
    private string? _subject;
    private string? _preview;
    private (int Id, string? Subject, string? Preview) _saved;
    private Saving _state = Saving.Untouched;
    private string? _at;
    private string? _problem;

    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Parameter, EditorRequired] public required TemplateView Template { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter] public bool MayEdit { get; set; }
    /// <summary>Saves; a refusal is shown beside the fields and what was typed stays.</summary>
    [Parameter, EditorRequired] public required Func<int, string?, string?, Task> Save { get; set; }

    protected override void OnParametersSet()
    {
        if (Template.Id == _saved.Id) return;
        _saved = (Template.Id, Template.Subject, Template.PreviewText);
        (_subject, _preview, _state) = (Template.Subject, Template.PreviewText, Saving.Untouched);
    }

    private void Type(ChangeEventArgs e, bool subject)
    {
        var text = e.Value?.ToString();
        if (subject) _subject = text;
        else _preview = text;
        _timer?.Dispose();
        _timer = Clock.CreateTimer(_ => _ = InvokeAsync(SaveAsync), null, Pause, Timeout.InfiniteTimeSpan);
    }

    private async Task SaveAsync()
    {
        _timer?.Dispose();
        _timer = null;
        var (subject, preview) = (_subject, _preview);
        if ((_saved.Subject ?? "") == (subject ?? "") && (_saved.Preview ?? "") == (preview ?? "") && _state is not Saving.Failed) return;
        _state = Saving.Running;
        StateHasChanged();
        try
        {
            await Save(Template.Id, subject, preview);
            _saved = (Template.Id, subject, preview);
            (_state, _at, _problem) = (Saving.Saved, TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), Zone).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), null);
        }
        catch (RefusedException refused)
        {
            (_state, _problem) = (Saving.Failed, refused.Message);
        }
        StateHasChanged();
    }

    public void Dispose() => _timer?.Dispose();
}
