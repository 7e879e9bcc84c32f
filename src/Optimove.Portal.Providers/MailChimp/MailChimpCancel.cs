namespace Optimove.Portal.Providers.MailChimp;

/// <summary>Takes an order back: unschedule, delete the campaign, delete the segment; found by name, so that a lost answer hides nothing.</summary>
internal sealed class MailChimpCancel(MailChimpClient client, SendOrder order, ILedger ledger)
{
    public async Task<CancelResult> RunAsync(CancellationToken cancellation)
    {
        var search = new MailChimpSearch(client, order, ledger);
        await search.SettleAsync(cancellation);
        var campaigns = await search.FindCampaignsAsync(cancellation);
        foreach (var campaign in campaigns)
            if (await TakeBackAsync(campaign, cancellation) is { } stopped)
                return stopped;
        await MarkAsync(cancellation, MailChimpSteps.Schedule, MailChimpSteps.Campaign);
        var segments = await search.FindSegmentsAsync(cancellation);
        foreach (var segment in segments)
            await client.DeleteSegmentAsync(segment, cancellation);
        await MarkAsync(cancellation, MailChimpSteps.Segment);
        return (campaigns.Count, segments.Count) switch
        {
            (0, 0) => new(CancelState.NothingToCancel, "MailChimp holds nothing of this campaign."),
            (0, _) => new(CancelState.Cancelled, "Nothing had been scheduled. The segment was deleted in MailChimp."),
            _ => new(CancelState.Cancelled, "The campaign and its segment were deleted in MailChimp. Nobody gets this e-mail."),
        };
    }

    /// <summary>Null when the campaign is gone; otherwise what stands in the way.</summary>
    private async Task<CancelResult?> TakeBackAsync(CampaignAnswer campaign, CancellationToken cancellation)
    {
        // The status may change between a look and the call: then MailChimp refuses, and one more look decides.
        for (var look = campaign; look is not null; look = await client.FindCampaignAsync(campaign.Id, cancellation))
        {
            try
            {
                switch (look.Status)
                {
                    case "sent" or "archived":
                        return new(CancelState.TooLate, "MailChimp has sent this campaign already.");
                    case "canceling" or "canceled":
                        return new(CancelState.Cancelled, "The sending was stopped in MailChimp; some recipients may have got the e-mail before.");
                    case "sending":
                        return await StopAsync(campaign.Id, cancellation);
                    case "schedule":
                        await client.UnscheduleAsync(campaign.Id, cancellation);
                        break;
                }
                await client.DeleteCampaignAsync(campaign.Id, cancellation);
                return null;
            }
            catch (ProviderException changed) when (changed.Fault is ProviderFault.Rejected or ProviderFault.UnknownOutcome)
            {
                var now = await client.FindCampaignAsync(campaign.Id, cancellation);
                if (now?.Status == look.Status)
                    return new(CancelState.NeedsPerson, $"{changed.Message} Delete the campaign \"{order.DispatchId}\" in MailChimp.");
            }
        }
        return null;
    }

    private async Task<CancelResult> StopAsync(string campaign, CancellationToken cancellation)
    {
        try
        {
            await client.CancelSendAsync(campaign, cancellation);
            await MarkAsync(cancellation, MailChimpSteps.Schedule);
            return new(CancelState.Cancelled, "MailChimp stops the sending; some recipients may have got the e-mail before.");
        }
        catch (ProviderException refused) when (refused.Fault is ProviderFault.Rejected or ProviderFault.Unauthorized)
        {
            return new(CancelState.TooLate, "MailChimp is sending this campaign and does not stop it for this account.");
        }
    }

    private async Task MarkAsync(CancellationToken cancellation, params string[] names)
    {
        var steps = await ledger.ReadAsync(cancellation);
        foreach (var name in names)
            if (steps.AnswerOf(name) is not null)
                await ledger.CancelledAsync(name, cancellation);
    }
}
