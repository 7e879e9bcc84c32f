namespace Optimove.Portal.Twins.MobilePush.Sends;

/// <summary>How fast the account takes recipients up: what comes faster is accepted all the same and waits its turn.</summary>
internal sealed class Throughput
{
    private readonly Queue<(DateTimeOffset At, int Recipients)> _taken = new();
    private DateTimeOffset _last;
    private int _inWindow;

    public int Recipients { get; set; } = 250_000;
    public TimeSpan Per { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The moment at which so many more are taken up: the first, not before those that came earlier, from which on no stretch of time holds more than it may.</summary>
    public DateTimeOffset TakeUp(DateTimeOffset now, int recipients)
    {
        var at = now > _last ? now : _last;
        Forget(at);
        while (_inWindow > 0 && _inWindow + recipients > Recipients)
        {
            at = _taken.Peek().At + Per;
            Forget(at);
        }
        Note(at, recipients);
        return at;
    }

    /// <summary>Counts what was taken up before; moments must not go back.</summary>
    public void Note(DateTimeOffset at, int recipients)
    {
        _taken.Enqueue((at, recipients));
        _inWindow += recipients;
        _last = at;
    }

    private void Forget(DateTimeOffset at)
    {
        while (_taken.TryPeek(out var oldest) && oldest.At + Per <= at) _inWindow -= _taken.Dequeue().Recipients;
    }
}
