using Microsoft.AspNetCore.Components;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Sending.DryRun;

public sealed partial class DryRunPage : IDisposable
{
    private const int CallsPerPage = 25;
    private static readonly TimeSpan ShownEvery = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource _left = new();
    private CancellationTokenSource? _stop;
    private DryRunProgress? _running;
    private DryRunReport? _report;
    private string? _problem;
    private DateTimeOffset _began;

    [Parameter] public int Id { get; set; }
    /// <summary>"now" begins at once.</summary>
    [SupplyParameterFromQuery] public string? Run { get; set; }
    /// <summary>The call that is open.</summary>
    [SupplyParameterFromQuery] public int? Call { get; set; }

    [Inject] private ReadDryOrder Orders { get; set; } = default!;
    [Inject] private RehearseCampaign Rehearse { get; set; } = default!;

    private GridQuery Asked => GridQuery.Read(Navigation.Uri, [], CallsPerPage);

    private string CallAddress(int? call) => Navigation.GetUriWithQueryParameter("call", call);

    protected override async Task OnParametersSetAsync()
    {
        if (Run is null) return;
        var began = RunAsync();
        // The address of a page that has run runs nothing when it is loaded again.
        Navigation.NavigateTo(Urls.DryRun(Slug, Id), replace: true);
        await began;
    }

    private async Task RunAsync()
    {
        if (_running is not null) return;
        if (Call is not null) Navigation.NavigateTo(Urls.DryRun(Slug, Id));
        (_report, _problem, _running, _began) = (null, null, new("Reading the campaign"), Now);
        using var stop = _stop = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        try
        {
            // Away from the page's own thread, which the person needs.
            _report = await Task.Run(() => Rehearse.RunAsync(Id, new Shown(this), stop.Token), stop.Token);
        }
        catch (OperationCanceledException)
        {
            _problem = "It was stopped. Nothing was called and nothing has changed.";
        }
        catch (RefusedException e)
        {
            _problem = e.Message;
        }
        finally
        {
            (_running, _stop) = (null, null);
        }
    }

    private void Stop() => _stop?.Cancel();

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    // Told from many threads and often.
    private sealed class Shown(DryRunPage page) : IProgress<DryRunProgress>
    {
        private readonly Lock _lock = new();
        private string? _doing;
        private long _at;

        public void Report(DryRunProgress value)
        {
            lock (_lock)
            {
                if (value.Doing == _doing && TimeProvider.System.GetElapsedTime(_at) < ShownEvery) return;
                (_doing, _at) = (value.Doing, TimeProvider.System.GetTimestamp());
            }
            _ = page.InvokeAsync(() =>
            {
                if (page._running is null) return;
                page._running = value;
                page.StateHasChanged();
            });
        }
    }
}
