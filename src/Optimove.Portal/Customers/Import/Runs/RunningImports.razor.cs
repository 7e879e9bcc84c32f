using Microsoft.AspNetCore.Components;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import.Runs;

public sealed partial class RunningImports : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<ImportLine> _running = [];

    [Inject] private ImportQueries Queries { get; set; } = default!;
    [Inject] private TenantContext Tenant { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    /// <summary>A run has begun or ended since the last look.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }
    /// <summary>A run that the page believes to be going on; it may have ended since the page read it.</summary>
    [Parameter] public int? Expected { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _running = await ReadAsync();
        if (Expected is { } run && _running.All(r => r.Id != run)) await OnChanged.InvokeAsync();
        else _ = WatchAsync();
    }

    private async Task<IReadOnlyList<ImportLine>> ReadAsync() => [.. (await Queries.OpenAsync(_left.Token)).Where(r => r.State == ImportState.Running)];

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token)) await InvokeAsync(LookAsync);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private async Task LookAsync()
    {
        var before = _running.Select(r => r.Id).ToHashSet();
        try
        {
            _running = await ReadAsync();
        }
        catch (Npgsql.NpgsqlException)
        {
            return; // The next look says more.
        }
        StateHasChanged();
        if (!before.SetEquals(_running.Select(r => r.Id))) await OnChanged.InvokeAsync();
    }

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }
}
