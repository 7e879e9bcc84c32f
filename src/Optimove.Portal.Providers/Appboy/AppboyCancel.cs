namespace Optimove.Portal.Providers.Appboy;

/// <summary>Takes back every schedule whose id the ledger holds; what has none, or is refused, needs a person.</summary>
internal sealed class AppboyCancel(AppboyClient client, SendOrder order, ILedger ledger, TimeProvider clock)
{
    public async Task<CancelResult> RunAsync(CancellationToken cancellation)
    {
        var steps = (await ledger.ReadAsync(cancellation)).Where(step => step.State is StepState.Accepted or StepState.Unknown or StepState.InFlight).ToList();
        if (steps.Count == 0)
            return new(CancelState.NothingToCancel, "Appboy holds nothing of this campaign.");
        var taken = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AppboyClient.Connections, CancellationToken = cancellation };
        await Parallel.ForEachAsync(steps.Where(step => step.State == StepState.Accepted), parallel, async (step, _) =>
        {
            if (await TakeBackAsync(step, cancellation))
                Interlocked.Increment(ref taken);
        });
        var notice = order.SendAt - clock.GetUtcNow();
        return (taken, steps.Count - taken) switch
        {
            (0, _) when notice <= TimeSpan.Zero => new(CancelState.TooLate, "Appboy has sent this campaign already."),
            (_, 0) when notice < AppboyAssumptions.UnsureCancel => new(CancelState.Cancelled, "Everything was taken back in Appboy, but so close to the send time that some recipients may get the message."),
            (_, 0) => new(CancelState.Cancelled, "Everything was taken back in Appboy. Nobody gets this message."),
            (_, var left) => new(CancelState.NeedsPerson, $"{taken:N0} of {steps.Count:N0} calls were taken back in Appboy. {left:N0}, with up to 50 people each, could not be. "
                + $"Stop the campaign in Appboy's dashboard before {order.SendAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC; if nobody does, these people get the message."),
        };
    }

    private async Task<bool> TakeBackAsync(LedgerStep step, CancellationToken cancellation)
    {
        if (AppboySteps.ScheduleOf(step) is not { } schedule)
            return false;
        await client.WaitForTurnAsync(cancellation);
        try
        {
            await client.DeleteScheduleAsync(order.TemplateId, schedule, cancellation);
        }
        catch (ProviderException refused) when (refused.Fault == ProviderFault.Rejected)
        {
            return false;
        }
        await ledger.CancelledAsync(step.Name, cancellation);
        return true;
    }
}
