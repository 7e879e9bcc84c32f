using System.Collections.Concurrent;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>
/// Has a client's events decided by as soon as they are kept: one worker of this process for each client, which takes whatever is there by then.
/// What it does not come to, because it fails or the process dies, the job finds.
/// </summary>
public sealed class UndecidedLine(ForEachTenant tenants, ILogger<UndecidedLine> log)
{
    // More than so many undecided, and no more are kept until there are half as many: answers would else run ever further ahead of the decisions.
    private const long MostUndecided = 5_000;
    private readonly ConcurrentDictionary<int, Line> _lines = new();

    /// <summary>Events up to this number have been kept by this process.</summary>
    /// <returns>Completes once more should be kept.</returns>
    public Task Keep(TenantScope tenant, long number)
    {
        var line = Of(tenant);
        if (line.Keep(number, out var room)) _ = Task.Run(() => DecideAsync(tenant, line));
        return room;
    }

    /// <summary>Events up to this number have been decided by, in this process or another.</summary>
    public void Decided(TenantScope tenant, long number) => Of(tenant).Decided(number);

    /// <summary>Whether this process has kept events after this number.</summary>
    public bool IsBehind(TenantScope tenant, long number) => Of(tenant).IsBehind(number);

    private Line Of(TenantScope tenant) => _lines.GetOrAdd(tenant.Id, _ => new());

    private async Task DecideAsync(TenantScope tenant, Line line)
    {
        try
        {
            do await tenants.InScopeAsync(tenant, "triggers", (services, cancellation) => services.GetRequiredService<DecideEvents>().RunAsync(cancellation), CancellationToken.None);
            while (!line.MayRest());
        }
        catch (Exception e)
        {
            line.Rest();
            log.LogError(e, "Events of client {Tenant} are kept and could not be decided by; it is tried again at the job's next turn", tenant.Slug);
        }
    }

    private sealed class Line
    {
        private readonly Lock _gate = new();
        private long _kept, _decided;
        private bool _works;
        private TaskCompletionSource? _room;

        /// <returns>Whether nobody works on it, so that whoever asks begins.</returns>
        public bool Keep(long number, out Task room)
        {
            lock (_gate)
            {
                _kept = Math.Max(_kept, number);
                room = _kept - _decided <= MostUndecided ? Task.CompletedTask : (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                var begins = !_works;
                _works = true;
                return begins;
            }
        }

        public void Decided(long number)
        {
            lock (_gate)
            {
                _decided = Math.Max(_decided, number);
                if (_room is null || _kept - _decided > MostUndecided / 2) return;
                _room.SetResult();
                _room = null;
            }
        }

        public bool IsBehind(long number)
        {
            lock (_gate) return number < _kept;
        }

        public bool MayRest()
        {
            lock (_gate) return !(_works = _decided < _kept);
        }

        public void Rest()
        {
            lock (_gate) _works = false;
        }
    }
}
