using Optimove.Portal.TargetGroups.Counts;
using Optimove.Portal.TargetGroups.Members;
using Optimove.Portal.Targeting;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.TargetGroups.Builder;

/// <summary>
/// Keeps the size, the change and ten people of a rule up to date while it is being written: it waits for a pause in the writing, and a
/// newer rule ends the earlier count. What it knew stays until the next answer.
/// </summary>
public sealed class LiveCount(CountRule count, PreviewChange preview, SamplePeople sample, TimeProvider clock, ILogger<LiveCount> log)
{
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private CancellationTokenSource _running = new();
    private SoundPart? _wanted;

    /// <summary>Something below is new.</summary>
    public event Action? Changed;

    public RuleCount? Count { get; private set; }
    /// <summary>Which lines of the rule <see cref="Count"/> has counted.</summary>
    public SoundPart? Counted { get; private set; }
    /// <summary>Null without a saved rule to compare with, and where the two are too large to compare.</summary>
    public ChangePreview? Change { get; private set; }
    public PeopleSample? People { get; private set; }
    public Failure? Failed { get; private set; }
    public bool Running { get; private set; }

    /// <param name="part">What can be counted of the rule; null when nothing can.</param>
    /// <param name="saved">The rule to compare with; null when there is none.</param>
    public void Watch(SoundPart? part, Rule? saved, bool atOnce = false)
    {
        _wanted = part;
        if (part is null) Stop();
        else Begin(token => CountAsync(part, saved, atOnce ? TimeSpan.Zero : Pause, token));
    }

    /// <summary>Ten other people of the same rule.</summary>
    public void DrawOthers()
    {
        if (_wanted is { } part) Begin(token => DrawAsync(part, token));
    }

    public void Stop()
    {
        _running.Cancel();
        Running = false;
    }

    private void Begin(Func<CancellationToken, Task> work)
    {
        _running.Cancel();
        _running = new();
        _ = GuardedAsync(work, _running.Token);
    }

    private async Task GuardedAsync(Func<CancellationToken, Task> work, CancellationToken token)
    {
        var began = clock.GetTimestamp();
        try
        {
            await work(token);
            if (!token.IsCancellationRequested) Failed = null;
        }
        catch (Exception) when (token.IsCancellationRequested)
        {
            return; // A newer rule is being counted.
        }
        catch (Exception e)
        {
            (Failed, Change) = (Failure.Of(e, "The size", clock.GetElapsedTime(began), "The rule is kept as you wrote it."), null);
            if (Failed.Reference is { } reference) log.LogError(e, "A rule could not be counted, reference {Reference}", reference);
        }
        if (token.IsCancellationRequested) return;
        Running = false;
        Changed?.Invoke();
    }

    private async Task CountAsync(SoundPart part, Rule? saved, TimeSpan pause, CancellationToken token)
    {
        if (pause > TimeSpan.Zero) await Task.Delay(pause, clock, token);
        Running = true;
        Changed?.Invoke();
        var counted = await count.RunAsync(part.Rule, token);
        token.ThrowIfCancellationRequested();
        (Count, Counted, Failed) = (counted, part, null);
        if (saved is null) Change = null;
        Changed?.Invoke();
        if (saved is not null)
        {
            var change = await preview.RunAsync(saved, part.Rule, token);
            token.ThrowIfCancellationRequested();
            Change = change;
            Changed?.Invoke();
        }
        await DrawAsync(part, token);
    }

    private async Task DrawAsync(SoundPart part, CancellationToken token)
    {
        var people = await sample.RunAsync(part.Rule, token);
        token.ThrowIfCancellationRequested();
        People = people;
    }
}
