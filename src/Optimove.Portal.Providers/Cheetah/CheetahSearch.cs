namespace Optimove.Portal.Providers.Cheetah;

/// <summary>Finds out at Cheetah what became of calls whose answer was lost: by name in the folder, and by the state of the campaign.</summary>
internal sealed class CheetahSearch(CheetahClient client, SendOrder order, ILedger ledger)
{
    public async Task SettleAsync(CancellationToken cancellation)
    {
        foreach (var step in await ledger.ReadAsync(cancellation))
        {
            if (step.State != StepState.Unknown)
                continue;
            if (CheetahSteps.IsUpload(step.Name))
                await SettleMadeAsync(step.Name, CheetahAssumptions.ImportType, CheetahSteps.ImportName(order.DispatchId, CheetahSteps.AttemptOf(step.Name)), cancellation);
            else if (step.Name == CheetahSteps.Campaign)
                await SettleMadeAsync(step.Name, CheetahAssumptions.CampaignType, order.DispatchId, cancellation);
            else if (step.Name == CheetahSteps.Launch)
                await SettleStateAsync(step.Name, IsLaunched, state => state == CampaignState.Draft, cancellation);
            else if (step.Name == CheetahSteps.Approve)
                await SettleStateAsync(step.Name, IsApproved, state => state is CampaignState.Calculating or CampaignState.WaitingForApproval, cancellation);
            else
                // The import is only read in its step.
                await ledger.SettleAsync(step.Name, null, cancellation);
        }
    }

    /// <summary>Ids of the folder's objects of a name.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string type, string name, CancellationToken cancellation) =>
        [.. (await ReadFolderAsync(cancellation)).Where(child => child.Type == type && child.Name == name).Select(child => child.Id)];

    /// <summary>Everything of this order in the folder.</summary>
    public async Task<(IReadOnlyList<string> Campaigns, IReadOnlyList<string> Imports)> FindAllAsync(CancellationToken cancellation)
    {
        var children = await ReadFolderAsync(cancellation);
        var lists = CheetahSteps.ImportName(order.DispatchId, 0)[..^1];
        return ([.. children.Where(child => child.Type == CheetahAssumptions.CampaignType && child.Name == order.DispatchId).Select(child => child.Id)],
            [.. children.Where(child => child.Type == CheetahAssumptions.ImportType && child.Name.StartsWith(lists, StringComparison.Ordinal)).Select(child => child.Id)]);
    }

    /// <summary>Launching took effect.</summary>
    public static bool IsLaunched(CampaignState state) => state is CampaignState.Calculating or CampaignState.WaitingForApproval || IsApproved(state);

    /// <summary>It goes out by itself, or went out.</summary>
    public static bool IsApproved(CampaignState state) => state is CampaignState.Scheduled or CampaignState.Sending or CampaignState.Sent;

    public static string Word(CampaignState state) => state switch
    {
        CampaignState.Draft => "a draft",
        CampaignState.Calculating => "being calculated",
        CampaignState.WaitingForApproval => "waiting for approval",
        CampaignState.Scheduled => "scheduled",
        CampaignState.Sending => "being sent",
        CampaignState.Sent => "sent",
        CampaignState.Paused => "paused",
        _ => "in a state that the product does not know",
    };

    private async Task SettleMadeAsync(string step, string type, string name, CancellationToken cancellation) =>
        await ledger.SettleAsync(step, await FindAsync(type, name, cancellation) is [var made, ..] ? new StepAnswer(made) : null, cancellation);

    private async Task SettleStateAsync(string step, Func<CampaignState, bool> isDone, Func<CampaignState, bool> isUndone, CancellationToken cancellation)
    {
        var campaign = (await ledger.ReadAsync(cancellation)).IdOf(CheetahSteps.Campaign)!;
        if (await client.FindCampaignAsync(campaign, cancellation) is not { } found)
            return;
        var state = CheetahAssumptions.ReadState(found);
        if (isDone(state))
            await ledger.SettleAsync(step, new StepAnswer(campaign), cancellation);
        else if (isUndone(state))
            await ledger.SettleAsync(step, null, cancellation);
        // Paused or deleted: somebody acted in Cheetah Messaging, so a person decides.
    }

    private async Task<IReadOnlyList<FolderChild>> ReadFolderAsync(CancellationToken cancellation) =>
        await client.FindFolderAsync(cancellation) is { } folder ? CheetahAssumptions.ReadChildren(folder)
            : throw new ProviderException(ProviderFault.Misconfigured,
                $"The folder {client.Settings.FolderId} cannot be read in Cheetah Messaging, so it is not known what was made there. Look for \"{order.DispatchId}\" in Cheetah Messaging, and correct the folder ID in the connection's settings.");
}
