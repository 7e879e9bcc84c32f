using Microsoft.AspNetCore.Components;

namespace Optimove.Portal.Ui.States;

/// <summary>Does something every few seconds while something runs, and no longer than the page is open.</summary>
public sealed class Poll : ComponentBase, IDisposable
{
    private CancellationTokenSource? _running;

    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Parameter, EditorRequired] public bool While { get; set; }
    [Parameter] public int Seconds { get; set; } = 3;
    [Parameter, EditorRequired] public Func<Task> Do { get; set; } = default!;

    protected override void OnParametersSet()
    {
        if (While == (_running is not null)) return;
        if (While) _ = RunAsync((_running = new()).Token);
        else Stop();
    }

    private async Task RunAsync(CancellationToken stopped)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(Seconds), Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopped)) await InvokeAsync(Do);
        }
        catch (Exception e) when (stopped.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
    }

    private void Stop()
    {
        _running?.Cancel();
        _running?.Dispose();
        _running = null;
    }

    public void Dispose() => Stop();
}
