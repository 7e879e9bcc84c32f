namespace Optimove.Portal.Twins.Wire;

/// <summary>The switches that are set; safe to set and clear while calls come in.</summary>
public sealed class FaultSwitches
{
    private readonly Lock _lock = new();
    private readonly List<Counted> _set = [];

    public IReadOnlyList<Fault> Current
    {
        get { lock (_lock) return [.. _set.Select(s => s.Fault)]; }
    }

    public void Set(Fault fault)
    {
        lock (_lock) _set.Add(new Counted(fault));
    }

    public void Clear()
    {
        lock (_lock) _set.Clear();
    }

    /// <summary>Counts one call to the endpoint against every switch that matches it and gives the first that is due.</summary>
    internal Fault? Next(string endpoint)
    {
        lock (_lock)
        {
            Fault? due = null;
            foreach (var counted in _set)
                if (counted.IsDue(endpoint)) due ??= counted.Fault;
            return due;
        }
    }

    private sealed class Counted(Fault fault)
    {
        private int _calls;

        public Fault Fault => fault;

        public bool IsDue(string endpoint)
        {
            if (fault.Endpoint is not null && !string.Equals(fault.Endpoint, endpoint, StringComparison.OrdinalIgnoreCase)) return false;
            _calls++;
            return _calls >= fault.FromCall && (fault.Times is null || _calls < fault.FromCall + fault.Times);
        }
    }
}
