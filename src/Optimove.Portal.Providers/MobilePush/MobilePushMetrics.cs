namespace Optimove.Portal.Providers.MobilePush;

/// <summary>Sums what Salesforce sent over the parts of an order. It tells no more than this count: devices and people tried, without those who opted out.</summary>
internal sealed class MobilePushMetrics(MobilePushClient client, SendOrder order)
{
    /// <summary>Null while no part has come to its end.</summary>
    public async Task<MetricsReading?> ReadAsync(IReadOnlyList<LedgerStep> steps, CancellationToken cancellation)
    {
        var message = MessageRef.Read(order.TemplateId);
        var tokens = steps.TokenIds();
        if (tokens.Count == 0 || client.Units.FirstOrDefault(unit => unit.Mid == message.Mid) is not { } unit)
            return null;
        var parts = new (DeliveryAnswer Delivery, string Raw)?[tokens.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MobilePushAssumptions.Connections, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, tokens.Count), parallel, async (i, stop) =>
            parts[i] = await client.FindDeliveryAsync(unit, message.Message, tokens[i], stop));
        var known = parts.OfType<(DeliveryAnswer Delivery, string Raw)>().ToList();
        var finished = known.Count(part => MobilePushAssumptions.IsFinished(part.Delivery));
        if (finished == 0)
            return null;
        return new MetricsReading(known.Sum(part => part.Delivery.Count ?? 0), null, null, null, null, null, null, null, null,
            $"[{string.Join(',', known.Select(part => part.Raw))}]", Caveat(tokens.Count - known.Count, known.Count - finished, steps.Lost()));
    }

    private static string? Caveat(int gone, int underWay, int lost)
    {
        string?[] sentences =
        [
            underWay == 0 ? null : $"Salesforce is still sending {MobilePushSteps.Parts(underWay)} of the list.",
            gone == 0 ? null : $"Salesforce does not know {MobilePushSteps.Parts(gone)} of the list any more; they are not in the figure.",
            lost == 0 ? null : $"Salesforce did not answer for {MobilePushSteps.Parts(lost)} of the list; whatever was sent of them is not in the figure.",
        ];
        var told = string.Join(' ', sentences.OfType<string>());
        return told.Length == 0 ? null : told;
    }
}
