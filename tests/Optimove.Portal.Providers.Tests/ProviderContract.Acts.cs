using Optimove.Portal.Providers.Tests.Testing;

namespace Optimove.Portal.Providers.Tests;

// What the tests do and how they judge it.
public abstract partial class ProviderContract
{
    protected Task SendAsync(SendOrder order, IReadOnlyList<string> people, TestLedger ledger) =>
        Rig.Provider.SendAsync(Rig.Connection, order, Rig.Chunks(people), ledger, Stop);

    protected Task<CancelResult> CancelAsync(SendOrder order, TestLedger ledger) => Rig.Provider.CancelAsync(Rig.Connection, order, ledger, Stop);

    protected Task<CheckResult> CheckAsync(ProviderConnection connection, CheckItem item) =>
        Rig.Provider.CheckAsync(connection, item.Key, new CheckInput((n, _) => Task.FromResult(Rig.Reachable(n)), TemplatesWithSubject: 1, _ => Task.FromResult(Rig.Data)), Stop);

    protected Task<MetricsReading?> MetricsAsync(SendOrder order, TestLedger ledger) => Rig.Provider.GetMetricsAsync(Rig.Connection, order, ledger, Stop);

    /// <summary>Sends, and after each death or lost answer starts anew, asks the provider and goes on. True when the process died on the way.</summary>
    private async Task<bool> UntilDoneAsync(SendOrder order, IReadOnlyList<string> people, TestLedger ledger)
    {
        for (var (died, starts) = (false, 1); ; starts++)
        {
            Assert.True(starts < 10, "The order is never finished.");
            var moments = ledger.Moments;
            try
            {
                await SendAsync(order, people, ledger);
                return died;
            }
            catch (ProcessDiedException)
            {
                died = true;
                ledger.Restart();
            }
            catch (ProviderException lost) when (lost.Fault == ProviderFault.UnknownOutcome)
            {
                // Nothing was left to do but what only a person can settle.
                if (!Rig.CanBeAsked && ledger.Moments == moments) return died;
            }
            await Rig.Provider.ReconcileAsync(Rig.Connection, order, ledger, Stop);
        }
    }

    /// <summary>Everybody once; where the provider cannot be asked, nobody twice, and who has nothing is in a step that is listed as unknown.</summary>
    private async Task AssertReachedAsync(SendOrder order, IReadOnlyList<string> handedOver, TestLedger ledger)
    {
        var reached = await Rig.MessagesOfAsync(order);
        var unsure = Unsure(handedOver, ledger);
        Assert.Equal(reached.Distinct().Order(), reached.Order());
        Assert.Equal(handedOver.Except([Rig.Unknown]).Except(unsure).Order(), reached.Except(unsure).Order());
        if (Rig.CanBeAsked) Assert.Empty(unsure);
    }

    private HashSet<string> Unsure(IReadOnlyList<string> handedOver, TestLedger ledger) => [.. ledger.Steps
        .Where(s => s is { Chunk: not null, State: StepState.Unknown })
        .SelectMany(s => Rig.Provider.Info.WholeList ? handedOver : handedOver.Chunk(Rig.Provider.Info.ChunkSize).ElementAt(s.Chunk!.Value - 1))];

    private void AssertUnknownIsNamed(TestLedger ledger) =>
        Assert.Equal(Rig.NamesUnknown ? [Rig.Unknown] : [], ledger.Rejections.Select(r => r.Address));

    private static async Task<bool> DiesAsync(Func<Task> work)
    {
        try
        {
            await work();
            return false;
        }
        catch (ProcessDiedException)
        {
            return true;
        }
    }
}
