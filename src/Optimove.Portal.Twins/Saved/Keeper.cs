using System.Threading.Channels;

namespace Optimove.Portal.Twins.Saved;

/// <summary>Writes a world to its file soon after it changed (a second of changes in one go), and once more when it is disposed of.</summary>
internal sealed class Keeper : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly TwinWorld _world;
    private readonly string _path;
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public Keeper(TwinWorld world, string path)
    {
        (_world, _path) = (world, path);
        world.Changed += Note;
        _loop = RunAsync();
    }

    private void Note() => _changes.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        try
        {
            while (await _changes.Reader.ReadAsync(_stop.Token))
            {
                await Task.Delay(Pause, _stop.Token);
                await WorldFile.SaveAsync(_world, _path, CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        _world.Changed -= Note;
        await _stop.CancelAsync();
        await _loop;
        await WorldFile.SaveAsync(_world, _path, CancellationToken.None);
        _stop.Dispose();
    }
}
