using Optimove.Portal.Ui.Badges;

namespace Optimove.Portal.Ui.Overlays;

/// <summary>Short notices of one circuit, bottom right. What went well leaves after a while; what did not stays until it is closed.</summary>
public sealed class Toasts(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(8);

    private readonly List<Toast> _all = [];
    private readonly Dictionary<Toast, ITimer> _timers = [];
    private readonly Lock _gate = new();

    /// <summary>Raised on any thread.</summary>
    public event Action? Changed;

    public IReadOnlyList<Toast> All
    {
        get { lock (_gate) return [.. _all]; }
    }

    /// <summary>Says that it was done; with Undo, for as long as it shows.</summary>
    public void Confirm(string text, string? detail = null, Func<Task>? undo = null) =>
        Show(new(Tone.Good, text, detail, undo is null ? null : "Undo", undo), leaves: true);

    /// <summary>Says what a person should look at, with an act.</summary>
    public void Warn(string text, string? detail = null, string? act = null, Func<Task>? does = null) =>
        Show(new(Tone.Warn, text, detail, act, does), leaves: false);

    /// <summary>Says what was not done and what is safe; stays.</summary>
    public void Fail(string text, string? detail = null, string? act = null, Func<Task>? does = null) =>
        Show(new(Tone.Bad, text, detail, act, does), leaves: false);

    public void Close(Toast toast)
    {
        lock (_gate)
        {
            _all.Remove(toast);
            if (_timers.Remove(toast, out var timer))
                timer.Dispose();
        }
        Changed?.Invoke();
    }

    private void Show(Toast toast, bool leaves)
    {
        lock (_gate)
        {
            _all.Add(toast);
            if (leaves)
                _timers[toast] = clock.CreateTimer(_ => Close(toast), null, Shown, Timeout.InfiniteTimeSpan);
        }
        Changed?.Invoke();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var timer in _timers.Values)
                timer.Dispose();
            _timers.Clear();
        }
    }
}

/// <summary>One notice. Two of the same words are still two notices.</summary>
public sealed class Toast(Tone tone, string text, string? detail, string? act, Func<Task>? does)
{
    public Tone Tone => tone;
    public string Text => text;
    public string? Detail => detail;
    /// <summary>The word on its button, such as "Undo".</summary>
    public string? Act => act;
    public Func<Task>? Does => does;
}
