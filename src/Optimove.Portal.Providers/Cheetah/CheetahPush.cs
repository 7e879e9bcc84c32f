using System.Text.Json.Nodes;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>
/// Hands one order to Cheetah: file, import done, campaign, launch, approval; each a step of the ledger. Nothing goes out before the
/// approval, and nothing is launched whose audience was not read back.
/// </summary>
internal sealed class CheetahPush(CheetahClient client, SendOrder order, ILedger ledger, ProviderOptions options, TimeProvider clock)
{
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(15);

    private readonly CheetahSearch _search = new(client, order, ledger);

    public async Task RunAsync(IAsyncEnumerable<RecipientChunk> recipients, CancellationToken cancellation)
    {
        var steps = await ledger.ReadAsync(cancellation);
        if (steps.IdOf(CheetahSteps.Approve) is not null)
            return;
        var startTime = CheckOrder();
        var template = steps.IdOf(CheetahSteps.Campaign) is null ? await FindTemplateAsync(cancellation) : null;
        var import = await ImportAsync(steps, recipients, cancellation);
        var campaign = await MakeCampaignAsync(template, import, startTime, cancellation);
        await ledger.RunAsync(CheetahSteps.Launch, null, stop => LaunchAsync(campaign, import, startTime, stop), cancellation);
        await AwaitAsync(campaign, import, IsCalculated, cancellation);
        await ledger.RunAsync(CheetahSteps.Approve, null, stop => ApproveAsync(campaign, import, stop), cancellation);
    }

    private string CheckOrder()
    {
        var at = order.SendAt.ToUniversalTime();
        return at > clock.GetUtcNow() ? CheetahTime.ToLocal(at, client.Settings.TimeZone)
            : throw Wrong($"The send time {at:yyyy-MM-dd HH:mm} UTC has passed. Choose a later one.");
    }

    private async Task<JsonObject> FindTemplateAsync(CancellationToken cancellation)
    {
        var template = await client.FindCampaignAsync(order.TemplateId, cancellation) ?? throw Wrong($"The template {order.TemplateId} is no longer in Cheetah Messaging. Choose another.");
        return CheetahCampaign.Unusable(template) is { } reason ? throw Wrong($"The template \"{CheetahCampaign.Name(template)}\" cannot be sent. {reason}") : template;
    }

    private async Task<string> ImportAsync(IReadOnlyList<LedgerStep> steps, IAsyncEnumerable<RecipientChunk> recipients, CancellationToken cancellation)
    {
        if (steps.IdOf(CheetahSteps.Import) is { } done)
            return done;
        var attempt = await AttemptAsync(steps, cancellation);
        var name = CheetahSteps.ImportName(order.DispatchId, attempt);
        var upload = await ledger.RunAsync(CheetahSteps.Upload(attempt), null,
            stop => MakeAsync(CheetahAssumptions.ImportType, name, () => client.CreateImportAsync(name, recipients, stop), stop), cancellation);
        await WaitForImportAsync(upload.ProviderId!, cancellation);
        var read = await ledger.RunAsync(CheetahSteps.Import, CheetahSteps.Everybody, stop => ReadImportAsync(upload.ProviderId!, stop), cancellation);
        return read.ProviderId!;
    }

    /// <summary>The number of the file's hand-over: the next one when Cheetah could not read the last, or somebody deleted it there.</summary>
    private async Task<int> AttemptAsync(IReadOnlyList<LedgerStep> steps, CancellationToken cancellation)
    {
        if (steps.LastOrDefault(step => CheetahSteps.IsUpload(step.Name)) is not { } last)
            return 1;
        var attempt = CheetahSteps.AttemptOf(last.Name);
        if (steps.IdOf(last.Name) is not { } import)
            return attempt;
        var look = await client.FindImportAsync(import, cancellation);
        if (look is { State: ImportState.Failed })
            await client.DeleteImportAsync(import, cancellation);
        return look is null or { State: ImportState.Failed } ? attempt + 1 : attempt;
    }

    /// <summary>Names are unique: a refusal may mean that an earlier call, whose answer was lost, made it already.</summary>
    private async Task<StepAnswer> MakeAsync(string type, string name, Func<Task<string>> make, CancellationToken cancellation)
    {
        try
        {
            return new(await make());
        }
        catch (ProviderException refused) when (refused.Fault == ProviderFault.Rejected)
        {
            if (await _search.FindAsync(type, name, cancellation) is [var made, ..])
                return new(made);
            throw;
        }
    }

    private async Task WaitForImportAsync(string import, CancellationToken cancellation)
    {
        if (!await PollAsync(async () => (await FindImportAsync(import, cancellation)).State != ImportState.Running, cancellation))
            throw new ProviderException(ProviderFault.Unavailable, "Cheetah Messaging has not finished reading the list of recipients yet. It is looked at again by itself; nothing was launched.");
    }

    private async Task<StepAnswer> ReadImportAsync(string import, CancellationToken cancellation)
    {
        var look = await FindImportAsync(import, cancellation);
        CheckImport(look);
        return new(import, [.. look.RejectedIdentifiers.Select(identifier => new Rejection(identifier, "not accepted by Cheetah Messaging's import"))]);
    }

    private async Task<ImportLook> FindImportAsync(string import, CancellationToken cancellation) =>
        await client.FindImportAsync(import, cancellation) ?? throw Refused("The list of recipients of this campaign was deleted in Cheetah Messaging; nothing was launched.");

    private void CheckImport(ImportLook look)
    {
        if (look.State == ImportState.Failed)
            throw Refused($"Cheetah Messaging could not read the list of recipients: {look.Message?.TrimEnd('.') ?? "it gave no reason"}. Check the Data Map fields in the connection's settings; nothing was launched.");
        if (look.Accepted == 0)
            throw Refused($"Cheetah Messaging accepted none of the {order.Recipients:N0} recipients; nothing was launched. Check that the unique identifier field is the one that Cheetah knows its customers by.");
        if (look.Accepted + look.Rejected != order.Recipients)
            throw Refused($"Cheetah Messaging read {look.Accepted + look.Rejected:N0} recipients instead of the {order.Recipients:N0} that were handed over; nothing was launched.");
    }

    private async Task<string> MakeCampaignAsync(JsonObject? template, string import, string startTime, CancellationToken cancellation)
    {
        var answer = await ledger.RunAsync(CheetahSteps.Campaign, null, stop => MakeAsync(CheetahAssumptions.CampaignType, order.DispatchId,
            () => client.CreateCampaignAsync(CheetahCampaign.CopyOf(template!, order, client.Settings, import, startTime), stop), stop), cancellation);
        return answer.ProviderId!;
    }

    private async Task<StepAnswer> LaunchAsync(string campaign, string import, string startTime, CancellationToken cancellation)
    {
        var made = await ReadBackAsync(campaign, import, cancellation);
        CheckImport(await FindImportAsync(import, cancellation));
        if (CheetahSearch.IsLaunched(CheetahAssumptions.ReadState(made)))
            return new(campaign);
        if (!CheetahCampaign.IsAt(made, client.Settings, startTime))
            await client.ChangeAsync(campaign, CheetahCampaign.Moved(made, client.Settings, startTime), cancellation);
        await ActAsync(campaign, () => client.LaunchAsync(campaign, cancellation), CheetahSearch.IsLaunched, cancellation);
        return new(campaign);
    }

    private async Task<StepAnswer> ApproveAsync(string campaign, string import, CancellationToken cancellation)
    {
        if (CheetahAssumptions.ReadState(await ReadBackAsync(campaign, import, cancellation)) == CampaignState.WaitingForApproval)
            await ActAsync(campaign, () => client.ApproveAsync(campaign, cancellation), CheetahSearch.IsApproved, cancellation);
        var state = await AwaitAsync(campaign, import, state => state is not (CampaignState.WaitingForApproval or CampaignState.Other), cancellation);
        return CheetahSearch.IsApproved(state) ? new(campaign)
            : throw Refused($"The campaign \"{order.DispatchId}\" was launched in Cheetah Messaging and is {CheetahSearch.Word(state)} there. Look at it in Cheetah Messaging; unless it is approved, nobody gets it.");
    }

    private static bool IsCalculated(CampaignState state) => state is not (CampaignState.Calculating or CampaignState.Other);

    private async Task<CampaignState> AwaitAsync(string campaign, string import, Func<CampaignState, bool> isAwaited, CancellationToken cancellation)
    {
        var state = CampaignState.Other;
        return await PollAsync(async () => isAwaited(state = CheetahAssumptions.ReadState(await ReadBackAsync(campaign, import, cancellation))), cancellation) ? state
            : throw new ProviderException(ProviderFault.Unavailable, $"The campaign is {CheetahSearch.Word(state)} in Cheetah Messaging and not ready to go out yet. It is looked at again by itself.");
    }

    /// <summary>The campaign as Cheetah holds it. One that would go to other people than the import's is never launched or approved.</summary>
    private async Task<JsonObject> ReadBackAsync(string campaign, string import, CancellationToken cancellation)
    {
        var made = await client.FindCampaignAsync(campaign, cancellation) ?? throw Refused($"The campaign \"{order.DispatchId}\" was deleted in Cheetah Messaging; nothing goes out.");
        return CheetahCampaign.GoesTo(made, import) ? made
            : throw Refused($"The campaign \"{order.DispatchId}\" in Cheetah Messaging does not go to this campaign's list alone, and might go to every customer. It was not set off. Delete it in Cheetah Messaging.");
    }

    /// <summary>A refusal may mean that it was done before: then the state says so.</summary>
    private async Task ActAsync(string campaign, Func<Task> act, Func<CampaignState, bool> isDone, CancellationToken cancellation)
    {
        try
        {
            await act();
        }
        catch (ProviderException refused) when (refused.Fault == ProviderFault.Rejected)
        {
            if (await client.FindCampaignAsync(campaign, cancellation) is not { } now || !isDone(CheetahAssumptions.ReadState(now)))
                throw;
        }
    }

    private async Task<bool> PollAsync(Func<Task<bool>> isDone, CancellationToken cancellation)
    {
        var until = clock.GetUtcNow() + options.ReadyWithin;
        for (var wait = options.PollDelay; ; wait = 1.5 * wait < LongestPoll ? 1.5 * wait : LongestPoll)
        {
            if (await isDone())
                return true;
            if (clock.GetUtcNow() + wait > until)
                return false;
            await Task.Delay(wait, clock, cancellation);
        }
    }

    private static ProviderException Wrong(string sentence) => new(ProviderFault.Misconfigured, sentence);

    private static ProviderException Refused(string sentence) => new(ProviderFault.Rejected, sentence);
}
