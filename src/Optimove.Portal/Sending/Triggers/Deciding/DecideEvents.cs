using System.Diagnostics;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>
/// Decides by the events that were kept, in the order in which they were kept. Whoever does it, in whichever process, goes on where the last one
/// stopped, and each event counts once. When it returns, every event that was kept before it began has been decided by.
/// </summary>
public sealed class DecideEvents(TenantDatabase database, TenantContext tenant, KnownTriggers known, UndecidedLine line, DecideBatch decide, LeaveOutEvent leaveOut)
{
    private const int Most = 1000;
    // Then whoever waits for a connection has one, however many events this client still has.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);
    // The first event after a silence is decided by at once; what comes right behind it is gathered for so long, as a batch costs as much as many events.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenPreparedAsync(cancellation);
        var began = Stopwatch.GetTimestamp();
        var (mark, goal) = await UndecidedEvents.FindAsync(connection, cancellation);
        var (aloneUpTo, hasLeftOut) = (0L, false);
        while (mark < goal || line.IsBehind(tenant.Current, mark) && Stopwatch.GetElapsedTime(began) < Turn)
        {
            var world = await known.GetAsync(tenant.Current);
            try
            {
                mark = await decide.RunAsync(connection, world, mark < aloneUpTo ? 1 : Most, cancellation);
                hasLeftOut = false;
            }
            // What is wrong with one event must not keep the others waiting: each is taken alone then, and the one that fails again is left out. Where
            // the next one fails too, it is not the event: the rest wait.
            catch (Exception e) when (!hasLeftOut && e is not (OperationCanceledException or NpgsqlException { IsTransient: true }))
            {
                known.Forget(tenant.Current.Id);
                hasLeftOut = mark < aloneUpTo;
                if (hasLeftOut) mark = await leaveOut.RunAsync(connection, world, mark, e, cancellation);
                else (mark, aloneUpTo) = await UndecidedEvents.FindAsync(connection, cancellation);
            }
            line.Decided(tenant.Current, mark);
            if (mark >= goal) await Task.Delay(Gather, cancellation);
        }
        line.Decided(tenant.Current, mark);
    }
}
