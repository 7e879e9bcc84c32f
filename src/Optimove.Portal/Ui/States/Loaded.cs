using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Optimove.Portal.Ui.States;

/// <summary>Loads what a page or a card shows and is always in one of its states. Loads again when the address changes, and only then,
/// unless <see cref="ReloadOn"/> names something else. What was there stays on screen until the new data has come.</summary>
public abstract class Loaded<TData> : ComponentBase, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private CancellationTokenSource _running = new();
    private object? _loadedFor;
    private bool _begun;
    private bool _left;

    /// <summary>Reads the data; null means that there is no such thing.</summary>
#nullable disable
    [Parameter, EditorRequired] public Func<CancellationToken, Task<TData>> Load { get; set; }
#nullable restore
    [Parameter] public Func<TData, bool>? IsEmpty { get; set; }
    /// <summary>Loads again when this value changes; the address, if not given.</summary>
    [Parameter] public object? ReloadOn { get; set; }
    /// <summary>What is still true although this could not be read.</summary>
    [Parameter] public string StillStands { get; set; } = "Nothing was changed; campaigns go on without this page.";

    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private ILoggerFactory Loggers { get; set; } = default!;

    protected LoadState State { get; private set; } = LoadState.Waiting;
    protected TData? Data { get; private set; }
    protected Failure? Failed { get; private set; }
    /// <summary>Old data is shown while new data is being read.</summary>
    protected bool Stale { get; private set; }
    /// <summary>What is being read, for the title of a failure.</summary>
    protected abstract string Subject { get; }

    /// <summary>Reads anew, after something was changed.</summary>
    public Task ReloadAsync() => InvokeAsync(RunAsync);

    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    protected override Task OnParametersSetAsync() => RunIfWantedAsync();

    // Blazor does not set a page's parameters again when only the query changed and the page takes none of it.
    private void OnMoved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(async () =>
    {
        await Task.Yield();
        if (!_left)
            await RunIfWantedAsync();
    });

    private Task RunIfWantedAsync()
    {
        var wanted = ReloadOn ?? Navigation.Uri;
        if (_begun && Equals(wanted, _loadedFor))
            return Task.CompletedTask;
        _loadedFor = wanted;
        _begun = true;
        return RunAsync();
    }

    private async Task RunAsync()
    {
        _running.Cancel();
        _running.Dispose();
        _running = new();
        var token = _running.Token;
        Stale = State is LoadState.Content or LoadState.Empty;
        if (!Stale)
            State = LoadState.Waiting;
        var began = Clock.GetTimestamp();
        try
        {
            var reading = Load(token);
            StateHasChanged();
            if (!Stale && await Task.WhenAny(reading, Task.Delay(Patience, Clock, token)) != reading && !token.IsCancellationRequested)
                Show(LoadState.Loading);
            var data = await reading;
            if (token.IsCancellationRequested)
                return;
            Data = data;
            Show(data is null ? LoadState.Missing : IsEmpty?.Invoke(data) == true ? LoadState.Empty : LoadState.Content);
        }
        catch (Exception) when (token.IsCancellationRequested)
        {
            // Another address was asked for, or the page was left: nobody waits for this answer.
        }
        catch (Exception e)
        {
            Fail(e, Clock.GetElapsedTime(began));
        }
    }

    private void Fail(Exception exception, TimeSpan tried)
    {
        Failed = Failure.Of(exception, Subject, tried, StillStands);
        if (Failed.Reference is { } reference)
            Loggers.CreateLogger(GetType()).LogError(exception, "{Subject} could not be read, reference {Reference}", Subject, reference);
        Show(LoadState.Failed);
    }

    private void Show(LoadState state)
    {
        State = state;
        Stale = false;
        StateHasChanged();
    }

    public void Dispose()
    {
        _left = true;
        Navigation.LocationChanged -= OnMoved;
        _running.Cancel();
        _running.Dispose();
        GC.SuppressFinalize(this);
    }
}
