namespace Optimove.Portal.Providers.MailChimp;

/// <summary>Finds out at MailChimp what became of calls whose answer was lost, by the order's name on segment and campaign.</summary>
internal sealed class MailChimpSearch(MailChimpClient client, SendOrder order, ILedger ledger)
{
    // MailChimp's clock and ours need not agree.
    private DateTimeOffset Since => order.CreatedAt.AddDays(-1);

    public async Task SettleAsync(CancellationToken cancellation)
    {
        foreach (var step in await ledger.ReadAsync(cancellation))
        {
            if (step.State != StepState.Unknown)
                continue;
            switch (step.Name)
            {
                case MailChimpSteps.Segment:
                    await ledger.SettleAsync(step.Name, (await FindSegmentsAsync(cancellation)) is [var found, ..] ? MailChimpSteps.SegmentAnswer(found) : null, cancellation);
                    break;
                case MailChimpSteps.Campaign:
                    await ledger.SettleAsync(step.Name, (await FindCampaignsAsync(cancellation)) is [var made, ..] ? new StepAnswer(made.Id) : null, cancellation);
                    break;
                case MailChimpSteps.Schedule:
                    await SettleScheduleAsync(cancellation);
                    break;
                default:
                    // A segment is a set: adding the same members again changes nothing, and brings the answer back.
                    await ledger.SettleAsync(step.Name, null, cancellation);
                    break;
            }
        }
    }

    /// <summary>Every segment that bears the order's name.</summary>
    public async Task<List<int>> FindSegmentsAsync(CancellationToken cancellation) =>
        [.. (await client.GetSegmentsAsync(Since, cancellation)).Where(segment => segment.Name == order.DispatchId).Select(segment => segment.Id)];

    /// <summary>Every campaign that bears the order's name, scheduled ones first.</summary>
    public async Task<List<CampaignAnswer>> FindCampaignsAsync(CancellationToken cancellation) =>
        [.. (await client.GetCampaignsAsync(Since, cancellation)).Where(campaign => campaign.Settings?.Title == order.DispatchId).OrderByDescending(campaign => IsScheduled(campaign.Status))];

    /// <summary>Whether a campaign's status says that scheduling it took effect.</summary>
    public static bool IsScheduled(string? status) => status is "schedule" or "sending" or "sent";

    private async Task SettleScheduleAsync(CancellationToken cancellation)
    {
        var campaign = (await ledger.ReadAsync(cancellation)).AnswerOf(MailChimpSteps.Campaign)!.ProviderId!;
        var status = (await client.FindCampaignAsync(campaign, cancellation))?.Status;
        if (IsScheduled(status))
            await ledger.SettleAsync(MailChimpSteps.Schedule, new StepAnswer(campaign), cancellation);
        else if (status == "save")
            await ledger.SettleAsync(MailChimpSteps.Schedule, null, cancellation);
        // Paused, cancelled or deleted: somebody acted in MailChimp, so a person decides.
    }
}
