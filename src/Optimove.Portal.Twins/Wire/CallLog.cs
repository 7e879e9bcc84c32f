namespace Optimove.Portal.Twins.Wire;

/// <summary>One call as it was received. <paramref name="Status"/> is 0 when no answer went out.</summary>
/// <param name="Size">Bytes of the request's body.</param>
public sealed record ReceivedCall(DateTimeOffset At, string Endpoint, string Path, int Status, int Size, FaultKind? Fault)
{
    public string Method => Endpoint[..Endpoint.IndexOf(' ')];
}

/// <summary>The last 1,000 calls, and for every endpoint the number of all calls.</summary>
public sealed class CallLog
{
    private const int Kept = 1000;
    private readonly Lock _lock = new();
    private readonly ReceivedCall[] _ring = new ReceivedCall[Kept];
    private readonly Dictionary<string, long> _counts = [];
    private long _total;

    internal void Add(ReceivedCall call)
    {
        lock (_lock)
        {
            _ring[_total++ % Kept] = call;
            _counts[call.Endpoint] = _counts.GetValueOrDefault(call.Endpoint) + 1;
        }
    }

    public long Total
    {
        get { lock (_lock) return _total; }
    }

    /// <summary>Calls of one endpoint, for example <c>POST /campaigns</c>.</summary>
    public long CountOf(string endpoint)
    {
        lock (_lock) return _counts.GetValueOrDefault(endpoint);
    }

    /// <summary>The kept calls, newest first.</summary>
    public IReadOnlyList<ReceivedCall> Recent(int most = Kept)
    {
        lock (_lock)
        {
            var calls = new ReceivedCall[Math.Min(most, (int)Math.Min(_total, Kept))];
            for (var i = 0; i < calls.Length; i++) calls[i] = _ring[(_total - 1 - i) % Kept];
            return calls;
        }
    }
}
