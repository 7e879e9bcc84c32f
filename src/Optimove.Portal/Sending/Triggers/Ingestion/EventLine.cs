using System.Collections.Concurrent;
using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>
/// Commits a client's events in batches: whatever arrived while the batch before was being committed. There is no timer: a single event is
/// committed at once, and under load the batches grow by themselves. A call's events are always in one batch.
/// </summary>
public sealed class EventLine(ForEachTenant tenants)
{
    private const int MostWaiting = 50_000, MostInBatch = 5_000;
    private readonly ConcurrentDictionary<int, Queue> _queues = new();

    /// <returns>Completes once the call's events are committed; null where too many wait.</returns>
    public Task? Add(TenantScope tenant, EventCall call) => _queues.GetOrAdd(tenant.Id, _ => new(tenants, tenant)).Add(call);

    private sealed class Queue(ForEachTenant tenants, TenantScope tenant)
    {
        private readonly Lock _gate = new();
        private readonly Queue<EventCall> _waiting = new();
        private int _events;
        private bool _running;

        public Task? Add(EventCall call)
        {
            lock (_gate)
            {
                if (_events > MostWaiting) return null;
                _waiting.Enqueue(call);
                _events += call.Events.Count;
                if (_running) return call.Done;
                _running = true;
            }
            _ = Task.Run(DrainAsync);
            return call.Done;
        }

        private async Task DrainAsync()
        {
            while (Next() is { Count: > 0 } calls) await CommitAsync(calls);
        }

        private List<EventCall> Next()
        {
            lock (_gate)
            {
                var (calls, events) = (new List<EventCall>(), 0);
                while (_waiting.TryPeek(out var next) && (calls.Count == 0 || events + next.Events.Count <= MostInBatch))
                {
                    calls.Add(_waiting.Dequeue());
                    events += next.Events.Count;
                }
                _events -= events;
                _running = calls.Count > 0;
                return calls;
            }
        }

        private async Task CommitAsync(List<EventCall> calls)
        {
            try
            {
                await tenants.InScopeAsync(tenant, "events", (services, _) => services.GetRequiredService<CommitEvents>().RunAsync(calls[^1].World, [.. calls.SelectMany(c => c.Events)]), CancellationToken.None);
                foreach (var call in calls) call.Succeed();
            }
            // What is wrong with one call's events must not be the others' loss.
            catch (PostgresException) when (calls.Count > 1)
            {
                foreach (var call in calls) await CommitAsync([call]);
            }
            catch (Exception e)
            {
                foreach (var call in calls) call.Fail(e);
            }
        }
    }
}

/// <summary>The events of one call, which stand or fall together.</summary>
public sealed class EventCall(TriggerWorld world, IReadOnlyList<ReportedEvent> events)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TriggerWorld World => world;
    public IReadOnlyList<ReportedEvent> Events => events;
    public Task Done => _done.Task;

    internal void Succeed() => _done.TrySetResult();

    internal void Fail(Exception e) => _done.TrySetException(e);
}
