namespace Optimove.Portal.Providers.Appboy;

/// <summary>
/// Hands one order to Appboy in chunks, each a step of the ledger and each at most once: Appboy knows no repeat and cannot be asked. A chunk
/// without an answer stays unknown for a person while the others go on.
/// </summary>
internal sealed class AppboyPush(AppboyClient client, SendOrder order, ILedger ledger, TimeProvider clock)
{
    public async Task RunAsync(IAsyncEnumerable<RecipientChunk> recipients, CancellationToken cancellation)
    {
        var campaign = await client.GetCampaignAsync(order.TemplateId, cancellation);
        if (AppboyTemplates.Unusable(campaign) is { } reason)
            throw new ProviderException(ProviderFault.Misconfigured, $"The Appboy campaign \"{campaign.Name}\" cannot be sent. {reason}");
        var settled = (await ledger.ReadAsync(cancellation)).Where(step => step.State is StepState.Accepted or StepState.Unknown).ToLookup(step => step.State, step => step.Name);
        var (accepted, unknown) = (settled[StepState.Accepted].ToHashSet(), settled[StepState.Unknown].ToHashSet());
        var lost = unknown.Count;
        // A few more than can be in the air: while some are, the ledger writes for the others.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AppboyClient.Connections + 2, CancellationToken = cancellation };
        // The loop's own token is not passed on: when one chunk fails, those in the air come to their end and are recorded.
        await Parallel.ForEachAsync(recipients, parallel, async (chunk, _) =>
        {
            var step = AppboySteps.Chunk(chunk.Number);
            if (!accepted.Contains(step) && !unknown.Contains(step) && !await HandOverAsync(step, chunk, cancellation))
                Interlocked.Increment(ref lost);
        });
        if (lost > 0)
            throw new ProviderException(ProviderFault.UnknownOutcome, $"Appboy did not confirm {lost:N0} of this campaign's calls with up to 50 people each; everybody else is handed over. "
                + "Appboy cannot be asked about a call, so nothing is sent to these people again unless a person decides so.");
    }

    /// <summary>False when it is not known whether Appboy took the chunk.</summary>
    private async Task<bool> HandOverAsync(string step, RecipientChunk chunk, CancellationToken cancellation)
    {
        await client.WaitForTurnAsync(cancellation);
        try
        {
            await ledger.RunAsync(step, chunk.Number, async stop => AppboySteps.Answer(await client.TriggerAsync(order, chunk.Recipients, Time(), stop)), cancellation);
            return true;
        }
        catch (ProviderException lost) when (lost.Fault == ProviderFault.UnknownOutcome)
        {
            return false;
        }
    }

    private DateTimeOffset? Time() => order.SendAt - clock.GetUtcNow() > AppboyAssumptions.LeastNotice ? order.SendAt : null;
}
