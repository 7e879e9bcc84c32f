using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Optimove.Portal.Sending.Triggers.Deciding;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>
/// Commits a client's events in batches: whatever arrived while the batch before was being committed. There is no timer: a single event is
/// committed at once, and under load the batches grow by themselves. A call's events are always in one batch.
/// </summary>
public sealed class EventLine(ForEachTenant tenants, UndecidedLine undecided)
{
    private const int MostWaiting = 50_000, MostInBatch = 5_000;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<int, Queue> _queues = new();

    /// <returns>True once the call's events are committed; false where too many wait, to be committed or to be decided by.</returns>
    public Task<bool> Add(TenantScope tenant, EventCall call) => _queues.GetOrAdd(tenant.Id, _ => new(tenants, undecided, tenant)).Add(call);

    private sealed class Queue(ForEachTenant tenants, UndecidedLine undecided, TenantScope tenant)
    {
        private readonly Lock _gate = new();
        private readonly Queue<EventCall> _waiting = new();
        private int _events;
        private bool _running;

        public Task<bool> Add(EventCall call)
        {
            lock (_gate)
            {
                if (_events > MostWaiting) return Task.FromResult(false);
                _waiting.Enqueue(call);
                _events += call.Events.Count;
                if (_running) return call.Done;
                _running = true;
            }
            _ = Task.Run(DrainAsync);
            return call.Done;
        }

        // One scope and one connection for some batches: taking the client's role anew for each would cost as much as the batch. Then whoever
        // waits for a connection has a turn, however many events this client still has.
        private async Task DrainAsync()
        {
            do
            {
                if (!await undecided.HasRoomAsync(tenant, Patience)) Refuse();
            }
            while (!await TryDrainAsync());
        }

        /// <returns>False where more may wait: the turn was over, or a batch failed and with it perhaps the connection.</returns>
        private async Task<bool> TryDrainAsync()
        {
            List<EventCall>? calls = null;
            try
            {
                await InScopeAsync(async (record, connection, cancellation) =>
                {
                    var began = Stopwatch.GetTimestamp();
                    while ((calls is null || undecided.HasRoom(tenant)) && Stopwatch.GetElapsedTime(began) < Turn && (calls = Next()).Count > 0)
                    {
                        Keep(await record.RunAsync(connection, [.. calls.SelectMany(c => c.Events)], cancellation));
                        Answer(calls);
                    }
                });
                return calls is { Count: 0 };
            }
            // Only giving the connection back can fail once nothing waits, and then there is nobody to tell.
            catch (Exception e)
            {
                if (calls is { Count: 0 }) return true;
                await SettleAsync(calls ??= Next(), e);
                return calls.Count == 0;
            }
        }

        private void Keep(long? number)
        {
            if (number is { } kept) undecided.Keep(tenant, kept);
        }

        private void Refuse()
        {
            List<EventCall> calls;
            lock (_gate)
            {
                calls = [.. _waiting];
                _waiting.Clear();
                _events = 0;
            }
            calls.ForEach(c => c.Refuse());
        }

        private Task InScopeAsync(Func<RecordEvents, NpgsqlConnection, CancellationToken, Task> work) => tenants.InScopeAsync(tenant, "events", async (services, cancellation) =>
        {
            await using var connection = await services.GetRequiredService<TenantDatabase>().OpenPreparedAsync(cancellation);
            await work(services.GetRequiredService<RecordEvents>(), connection, cancellation);
        }, CancellationToken.None);

        // One work item for each processor: one for each call would wake threads that the next batch needs.
        private static void Answer(List<EventCall> calls)
        {
            foreach (var part in calls.Chunk((calls.Count + Environment.ProcessorCount - 1) / Environment.ProcessorCount)) _ = Task.Run(() => Array.ForEach(part, c => c.Succeed()));
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

        // What is wrong with one call's events must not be the others' loss.
        private async Task SettleAsync(List<EventCall> calls, Exception failure)
        {
            foreach (var call in calls)
            {
                try
                {
                    if (calls.Count == 1 || failure is not PostgresException) throw failure;
                    await InScopeAsync(async (record, connection, cancellation) => Keep(await record.RunAsync(connection, call.Events, cancellation)));
                    call.Succeed();
                }
                catch (Exception e)
                {
                    call.Fail(e);
                }
            }
        }
    }
}

/// <summary>The events of one call, which stand or fall together.</summary>
public sealed class EventCall(IReadOnlyList<ReportedEvent> events)
{
    private readonly TaskCompletionSource<bool> _done = new();

    public IReadOnlyList<ReportedEvent> Events => events;
    public Task<bool> Done => _done.Task;

    internal void Succeed() => _done.TrySetResult(true);

    internal void Refuse() => _done.TrySetResult(false);

    internal void Fail(Exception e) => _done.TrySetException(e);
}
