using Optimove.Portal.Twins.Appboy.Pushes;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Appboy;

/// <summary>An account at the Appboy twin: its app groups behind one host. Safe to use while calls come in.</summary>
public sealed class AppboyAccount
{
    private readonly TimeProvider _clock;
    private readonly Action _changed;
    private DateTimeOffset _nextDue = DateTimeOffset.MaxValue;
    private int _inService;
    private int _peakInService;

    internal AppboyAccount(string name, TimeProvider clock, Action changed) => (Name, _clock, _changed) = (name, clock, changed);

    public string Name { get; }
    public FaultSwitches Faults { get; } = new();
    public CallLog Log { get; } = new();
    /// <summary>The most calls that were ever in service at once.</summary>
    public int PeakConcurrency => Volatile.Read(ref _peakInService);
    public DateTimeOffset Now => _clock.GetUtcNow();

    internal Lock Gate { get; } = new();
    internal SortedDictionary<string, AppGroup> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds an app group, or replaces the one of that id by an empty one.</summary>
    /// <param name="restKey">With one, only the key gives access; without one the id itself does.</param>
    public AppGroup AddGroup(string id, string name, string? restKey = null)
    {
        lock (Gate) Groups[id] = new AppGroup(this, id, name, restKey);
        Changed();
        return Group(id);
    }

    public AppGroup Group(string id)
    {
        lock (Gate) return Groups[id];
    }

    /// <summary>Sends what is due, in the order of the times. Needs <see cref="Gate"/>.</summary>
    internal void Advance(DateTimeOffset now)
    {
        if (_nextDue > now) return;
        var waiting = Groups.Values.SelectMany(g => g.Pushes.Where(p => p.Status == PushStatus.Scheduled).Select(p => (Group: g, Push: p))).OrderBy(w => w.Push.At).ToList();
        foreach (var (group, push) in waiting.TakeWhile(w => w.Push.At <= now)) group.Deliver(push);
        _nextDue = waiting.FirstOrDefault(w => w.Push.At > now).Push?.At ?? DateTimeOffset.MaxValue;
        _changed();
    }

    /// <param name="due">When something that was changed is to be sent.</param>
    internal void Changed(DateTimeOffset? due = null)
    {
        if (due < _nextDue) _nextDue = due.Value;
        _changed();
    }

    internal void EnterService()
    {
        var inService = Interlocked.Increment(ref _inService);
        for (var peak = _peakInService; inService > peak; peak = _peakInService)
            if (Interlocked.CompareExchange(ref _peakInService, inService, peak) == peak) break;
    }

    internal void LeaveService() => Interlocked.Decrement(ref _inService);
}
