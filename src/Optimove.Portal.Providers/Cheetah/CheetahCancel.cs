using System.Text.Json.Nodes;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>
/// Takes an order back: pause what was launched, delete the campaign, delete the list; found by name, so that a lost answer hides nothing.
/// What Cheetah does not let us delete is named, for a person to delete in the Cheetah account.
/// </summary>
internal sealed class CheetahCancel(CheetahClient client, SendOrder order, ILedger ledger)
{
    private readonly CheetahSearch _search = new(client, order, ledger);
    private bool _someGotIt;

    public async Task<CancelResult> RunAsync(CancellationToken cancellation)
    {
        await _search.SettleAsync(cancellation);
        var (campaigns, imports) = await FindAllAsync(cancellation);
        foreach (var campaign in campaigns)
            if (await TakeBackAsync(campaign, cancellation) is { } stopped)
                return stopped;
        await MarkAsync(name => name is CheetahSteps.Campaign or CheetahSteps.Launch or CheetahSteps.Approve, cancellation);
        foreach (var import in imports)
            await client.DeleteImportAsync(import, cancellation);
        await MarkAsync(CheetahSteps.IsUpload, cancellation);
        return (campaigns.Count, imports.Count) switch
        {
            (0, 0) => new(CancelState.NothingToCancel, "Cheetah Messaging holds nothing of this campaign."),
            (0, _) => new(CancelState.Cancelled, "The list of recipients was deleted in Cheetah Messaging, where no campaign is left. Nobody gets this e-mail."),
            _ when _someGotIt => new(CancelState.Cancelled, "The sending was stopped and the campaign deleted in Cheetah Messaging; some recipients may have got the e-mail before."),
            _ => new(CancelState.Cancelled, "The campaign and its list were deleted in Cheetah Messaging. Nobody gets this e-mail."),
        };
    }

    /// <summary>What the ledger knows, and what else bears the order's name. Where the folder cannot be listed, the ledger has to do.</summary>
    private async Task<(HashSet<string> Campaigns, HashSet<string> Imports)> FindAllAsync(CancellationToken cancellation)
    {
        var steps = await ledger.ReadAsync(cancellation);
        HashSet<string> campaigns = [.. Ids(name => name == CheetahSteps.Campaign)], imports = [.. Ids(CheetahSteps.IsUpload)];
        try
        {
            var named = await _search.FindAllAsync(cancellation);
            campaigns.UnionWith(named.Campaigns);
            imports.UnionWith(named.Imports);
        }
        catch (ProviderException refused) when (refused.Fault is ProviderFault.Rejected or ProviderFault.Misconfigured)
        {
        }
        return (campaigns, imports);

        IEnumerable<string> Ids(Func<string, bool> isMeant) => steps.Where(step => isMeant(step.Name)).Select(step => steps.IdOf(step.Name)).OfType<string>();
    }

    /// <summary>Null when the campaign is gone; otherwise what stands in the way.</summary>
    private async Task<CancelResult?> TakeBackAsync(string campaign, CancellationToken cancellation)
    {
        if (await FindAsync(campaign, cancellation) is not { } state)
            return null;
        if (state == CampaignState.Sent)
            return new(CancelState.TooLate, "Cheetah Messaging has sent this campaign already.");
        _someGotIt |= state == CampaignState.Sending;
        var refusal = CheetahSearch.IsLaunched(state) ? await TryAsync(client.PauseAsync(campaign, cancellation)) : null;
        refusal = await TryAsync(client.DeleteCampaignAsync(campaign, cancellation)) ?? refusal;
        return await FindAsync(campaign, cancellation) switch
        {
            null => null,
            CampaignState.Sent => new(CancelState.TooLate, "Cheetah Messaging has sent this campaign already."),
            var left => NeedsPerson(left.Value, refusal),
        };
    }

    private CancelResult NeedsPerson(CampaignState left, ProviderException? refusal) => new(CancelState.NeedsPerson, string.Concat(
        $"The campaign \"{order.DispatchId}\" has to be deleted in the Cheetah Messaging account too (My Files, folder Optimove), because Cheetah Messaging did not let us delete it. ",
        refusal is null ? "" : refusal.Message + " ",
        left == CampaignState.Paused ? "It is paused there: nobody gets it unless somebody resumes it."
            : CheetahSearch.IsApproved(left) ? $"It is {CheetahSearch.Word(left)} there: unless somebody deletes it, it goes out at {order.SendAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC."
            : $"It is {CheetahSearch.Word(left)} there: nobody gets it unless somebody approves it."));

    private async Task<CampaignState?> FindAsync(string campaign, CancellationToken cancellation) =>
        await client.FindCampaignAsync(campaign, cancellation) is JsonObject found ? CheetahAssumptions.ReadState(found) : null;

    /// <summary>The refusal, or null when there was none.</summary>
    private static async Task<ProviderException?> TryAsync(Task act)
    {
        try
        {
            await act;
            return null;
        }
        catch (ProviderException refused) when (refused.Fault is ProviderFault.Rejected or ProviderFault.UnknownOutcome)
        {
            return refused;
        }
    }

    private async Task MarkAsync(Func<string, bool> isMeant, CancellationToken cancellation)
    {
        foreach (var step in await ledger.ReadAsync(cancellation))
            if (step.State == StepState.Accepted && isMeant(step.Name))
                await ledger.CancelledAsync(step.Name, cancellation);
    }
}
