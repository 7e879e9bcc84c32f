using System.Globalization;

namespace Optimove.Portal.Providers.MailChimp;

/// <summary>Hands one order to MailChimp: empty static segment, members in chunks, campaign, schedule; each a step of the ledger.</summary>
internal sealed class MailChimpPush(MailChimpClient client, SendOrder order, ILedger ledger, ProviderOptions options, TimeProvider clock)
{
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(15);

    public async Task RunAsync(IAsyncEnumerable<RecipientChunk> recipients, CancellationToken cancellation)
    {
        var steps = await ledger.ReadAsync(cancellation);
        if (steps.AnswerOf(MailChimpSteps.Schedule) is not null)
            return;
        CheckOrder();
        if (steps.AnswerOf(MailChimpSteps.Campaign) is null)
            await CheckTemplateAsync(cancellation);
        var segment = await MakeSegmentAsync(cancellation);
        var rejections = await AddMembersAsync(segment, recipients, cancellation);
        await WaitForMembersAsync(segment, rejections, cancellation);
        var campaign = await MakeCampaignAsync(segment, cancellation);
        await WaitUntilReadyAsync(campaign, cancellation);
        await ledger.RunAsync(MailChimpSteps.Schedule, null, stop => ScheduleAsync(campaign, stop), cancellation);
    }

    private int TemplateId => int.TryParse(order.TemplateId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
        : throw Wrong($"\"{order.TemplateId}\" is not the id of a MailChimp template.");

    private void CheckOrder()
    {
        var at = order.SendAt.ToUniversalTime();
        if (at.Ticks % TimeSpan.FromMinutes(15).Ticks != 0)
            throw Wrong($"MailChimp sends at quarter hours only; {at:HH:mm:ss} UTC is none.");
        if (at <= clock.GetUtcNow())
            throw Wrong($"The send time {at:yyyy-MM-dd HH:mm} UTC has passed. Choose a later one.");
        if (string.IsNullOrWhiteSpace(order.Subject))
            throw Wrong("The template has no subject line. Enter one on the Manage Templates page.");
    }

    private async Task CheckTemplateAsync(CancellationToken cancellation)
    {
        var template = await client.FindTemplateAsync(TemplateId, cancellation) ?? throw Wrong($"The template {order.TemplateId} is not in this MailChimp account. Choose another.");
        if (MailChimpTemplates.Unusable(template) is { } reason)
            throw Wrong($"The template \"{template.Name}\" cannot be sent. {reason}");
    }

    private async Task<int> MakeSegmentAsync(CancellationToken cancellation)
    {
        var answer = await ledger.RunAsync(MailChimpSteps.Segment, null,
            async stop => MailChimpSteps.SegmentAnswer(await client.CreateSegmentAsync(order.DispatchId, stop)), cancellation);
        return MailChimpSteps.SegmentId(answer.ProviderId!);
    }

    private async Task<List<Rejection>> AddMembersAsync(int segment, IAsyncEnumerable<RecipientChunk> recipients, CancellationToken cancellation)
    {
        // More chunks than connections: while some are in the air, the ledger writes for the others. The gate holds the calls to the limit.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 2 * options.MailChimpConnections, CancellationToken = cancellation };
        // The loop's own token is not passed on: when one chunk fails, those in the air come to their end and are recorded.
        await Parallel.ForEachAsync(recipients, parallel, async (chunk, _) => await ledger.RunAsync(MailChimpSteps.Members(chunk.Number), chunk.Number,
            async stop => new StepAnswer(Rejections: await client.AddMembersAsync(segment, chunk.Recipients, stop)), cancellation));
        // Of all chunks, those accepted before a restart too: they may not be among the recipients that are left.
        var rejections = (await ledger.ReadAsync(cancellation)).Where(s => s is { Chunk: not null, State: StepState.Accepted }).SelectMany(s => s.Answer?.Rejections ?? []).ToList();
        if (rejections.Count >= order.Recipients)
            throw new ProviderException(ProviderFault.Rejected, $"None of the {order.Recipients:N0} recipients is subscribed in the MailChimp list; nothing was scheduled.");
        return rejections;
    }

    /// <summary>
    /// MailChimp counts late, so the count is awaited. A member that is in the list and not subscribed may be counted or not.
    /// Up to one in a thousand may have left the list since they were added.
    /// </summary>
    private async Task WaitForMembersAsync(int segment, List<Rejection> rejections, CancellationToken cancellation)
    {
        var most = order.Recipients - rejections.Count(MembersJson.IsMissing);
        var least = order.Recipients - rejections.Count;
        long count = 0;
        var complete = await PollAsync(async () =>
        {
            count = (await client.FindSegmentAsync(segment, cancellation) ?? throw Wrong("The segment of this campaign was deleted in MailChimp.")).MemberCount;
            return count >= least && count <= most;
        }, cancellation);
        if (!complete && count > most)
            throw new ProviderException(ProviderFault.Rejected, $"The segment in MailChimp has {count:N0} members, more than the {most:N0} that were handed over; nothing was scheduled.");
        if (!complete && count < least - least / 1000)
            throw new ProviderException(ProviderFault.Unavailable, $"The segment in MailChimp has {count:N0} of {least:N0} members so far; nothing was scheduled yet.");
    }

    private async Task<string> MakeCampaignAsync(int segment, CancellationToken cancellation)
    {
        var settings = new NewCampaignSettings(order.DispatchId, order.Subject!, order.PreviewText, client.Settings.FromName, client.Settings.ReplyTo, TemplateId);
        var campaign = new NewCampaign("regular", new NewRecipients(client.Settings.ListId, new NewSegmentOptions(segment, "any")), settings);
        var answer = await ledger.RunAsync(MailChimpSteps.Campaign, null, async stop => new StepAnswer(await client.CreateCampaignAsync(campaign, stop)), cancellation);
        return answer.ProviderId!;
    }

    private async Task WaitUntilReadyAsync(string campaign, CancellationToken cancellation)
    {
        ChecklistAnswer? checklist = null;
        if (!await PollAsync(async () => (checklist = await client.GetChecklistAsync(campaign, cancellation)).IsReady, cancellation))
            throw new ProviderException(ProviderFault.Rejected, $"MailChimp is not ready to send this campaign: {Reasons(checklist!)}");
    }

    private async Task<StepAnswer> ScheduleAsync(string campaign, CancellationToken cancellation)
    {
        try
        {
            await client.ScheduleAsync(campaign, order.SendAt, cancellation);
        }
        catch (ProviderException refused) when (refused.Fault == ProviderFault.Rejected)
        {
            // An earlier call whose answer was lost may have scheduled it after all.
            if (MailChimpSearch.IsScheduled((await client.FindCampaignAsync(campaign, cancellation))?.Status))
                return new StepAnswer(campaign);
            // The refusal itself often names no reason; the checklist does.
            var checklist = await client.GetChecklistAsync(campaign, cancellation);
            throw checklist.IsReady ? refused : new ProviderException(ProviderFault.Rejected, $"MailChimp refused to schedule the campaign: {Reasons(checklist)}", inner: refused);
        }
        return new StepAnswer(campaign);
    }

    private async Task<bool> PollAsync(Func<Task<bool>> isDone, CancellationToken cancellation)
    {
        var until = clock.GetUtcNow() + options.ReadyWithin;
        for (var wait = options.PollDelay; ; wait = Shorter(1.5 * wait, LongestPoll))
        {
            if (await isDone())
                return true;
            if (clock.GetUtcNow() + wait > until)
                return false;
            await Task.Delay(wait, clock, cancellation);
        }
    }

    private static string Reasons(ChecklistAnswer checklist)
    {
        var errors = checklist.Items?.Where(item => item.Type == "error").Select(item => item.Details ?? item.Heading).OfType<string>().ToList() ?? [];
        return errors.Count == 0 ? "it gave no reason." : string.Join(" ", errors.Select(reason => reason.TrimEnd('.') + "."));
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static ProviderException Wrong(string sentence) => new(ProviderFault.Misconfigured, sentence);
}
