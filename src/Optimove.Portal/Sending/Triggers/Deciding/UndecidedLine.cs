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
    public void Keep(TenantScope tenant, long number)
    {
        var line = Of(tenant);
        if (line.Keep(number)) _ = Task.Run(() => DecideAsync(tenant, line));
    }

    /// <summary>Whether more should be kept: not too many wait to be decided by.</summary>
    public bool HasRoom(TenantScope tenant) => Of(tenant).Room().IsCompleted;

    /// <returns>Whether more should be kept, at once or within this time.</returns>
    public async Task<bool> HasRoomAsync(TenantScope tenant, TimeSpan patience)
    {
        var room = Of(tenant).Room();
        return room.IsCompleted || await Task.WhenAny(room, Task.Delay(patience)) == room;
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
        public bool Keep(long number)
        {
            lock (_gate)
            {
                _kept = Math.Max(_kept, number);
                if (_kept - _decided > MostUndecided) _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                return !_works && (_works = true);
            }
        }

        public Task Room()
        {
            lock (_gate) return _room?.Task ?? Task.CompletedTask;
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
