namespace Optimove.Portal.Providers.MobilePush;

/// <summary>
/// Hands one order over, chunk by chunk, each a step of the ledger. A part whose answer was lost cannot be asked for and is not repeated:
/// the others are handed over all the same, and the push then ends as of unknown outcome.
/// </summary>
internal sealed class MobilePushHandOver(MobilePushClient client, SendOrder order, ILedger ledger, TimeProvider clock)
{
    private readonly MessageRef _message = MessageRef.Read(order.TemplateId);

    public async Task RunAsync(IAsyncEnumerable<RecipientChunk> recipients, CancellationToken cancellation)
    {
        if (order.SendAt.UtcTicks % TimeSpan.TicksPerMinute != 0)
            throw Wrong($"Salesforce sends at whole minutes only; {order.SendAt.UtcDateTime:HH:mm:ss} UTC is none.");
        var unit = client.UnitOf(_message);
        if ((await ledger.ReadAsync(cancellation)).TokenIds().Count == 0)
            await CheckMessageAsync(unit, cancellation);
        await SendAsync(unit, recipients, cancellation);
        if ((await ledger.ReadAsync(cancellation)).Lost() is > 0 and var lost)
            throw new ProviderException(ProviderFault.UnknownOutcome,
                $"Salesforce did not answer for {MobilePushSteps.Parts(lost)} of this list, and it cannot be asked afterwards whether it took {(lost == 1 ? "it" : "them")}. All other recipients were handed over. Decide whether to leave these recipients out or to send to them again; nothing is repeated by itself.");
    }

    private async Task CheckMessageAsync(BusinessUnit unit, CancellationToken cancellation)
    {
        var message = await client.FindMessageAsync(unit, _message.Message, cancellation) ?? throw Wrong($"The message {_message.Message} is not in MobilePush any more. Choose another.");
        if (new MobilePushTemplates(client).Unusable(message, unit) is { } reason)
            throw Wrong($"The message \"{message.Name}\" cannot be sent. {reason}");
        if (order.ScopeId is { } app && !app.Equals(message.Application?.Id, StringComparison.OrdinalIgnoreCase))
            throw Wrong($"The message \"{message.Name}\" belongs to another app than the one chosen for this campaign. Choose the message again.");
    }

    private async Task SendAsync(BusinessUnit unit, IAsyncEnumerable<RecipientChunk> recipients, CancellationToken cancellation)
    {
        // More chunks than connections: while some are in the air, the ledger writes for the others.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 2 * MobilePushAssumptions.Connections, CancellationToken = cancellation };
        // The loop's own token is not passed on: when one chunk fails, those in the air come to their end and are recorded.
        await Parallel.ForEachAsync(recipients, parallel, async (chunk, _) =>
        {
            try
            {
                // Before the step: who dies while waiting for a token leaves nothing in flight.
                await client.PrepareAsync(unit, cancellation);
                await ledger.RunAsync(MobilePushSteps.Send(chunk.Number), chunk.Number,
                    async stop => new StepAnswer(await client.SendAsync(unit, _message.Message, [.. chunk.Recipients.Select(r => r.Address)], MobilePushAssumptions.SendTime(order, clock.GetUtcNow()), stop)), cancellation);
            }
            catch (ProviderException lost) when (lost.Fault == ProviderFault.UnknownOutcome)
            {
                // The ledger holds it; it is told once the others have gone.
            }
        });
    }

    private static ProviderException Wrong(string sentence) => new(ProviderFault.Misconfigured, sentence);
}
