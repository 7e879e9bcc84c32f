using System.Runtime.CompilerServices;
using Optimove.Portal.Channels;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Twins.StandIns;

namespace Optimove.Portal.Sending.DryRun;

/// <summary>
/// Plays a campaign's hand-over as it would go tonight: the real list and the real connector, a twin in the provider's place. It reads and
/// writes nothing of the campaign, and no secret of the connection and no call reaches the provider. Waits take no time.
/// </summary>
public sealed class RehearseCampaign(ReadDryOrder orders, MakeDryList lists, RecipientStream recipients, ConnectionAccess connections, DryRunTurns turns, TimeProvider clock)
{
    private const int PeopleAtOnce = 10_000, RejectedShown = 1_000;

    /// <exception cref="RefusedException">The campaign is not complete, or was handed over already.</exception>
    public async Task<DryRunReport> RunAsync(int campaignId, IProgress<DryRunProgress> progress, CancellationToken cancellation = default)
    {
        var order = await orders.RunAsync(campaignId, cancellation) ?? throw new RefusedException("This campaign was deleted.");
        if (!await turns.TakeAsync(TimeSpan.Zero, cancellation))
        {
            progress.Report(new("Waits for another dry run to end"));
            await turns.TakeAsync(Timeout.InfiniteTimeSpan, cancellation);
        }
        try
        {
            return await RunAsync(order, progress, cancellation);
        }
        finally
        {
            turns.GiveBack();
        }
    }

    private async Task<DryRunReport> RunAsync(DryOrder order, IProgress<DryRunProgress> progress, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        progress.Report(new("Making tonight's list"));
        var own = order.Occurrence.ListedAt is not null;
        await using var list = await lists.RunAsync(order.Occurrence, cancellation);
        var settings = connections.Disguise(order.Connection);
        var time = new HurriedClock(order.Begins);
        var ledger = new DryLedger { Changed = people => progress.Report(new($"Handing over to the twin of {order.Provider.Name}", people, order.Occurrence.ToSend)) };
        using var recorder = new CallRecorder(ledger, new SecretMask(settings, order.Provider.SettingsType), time);
        await using var stage = await DryStage.StartAsync(order.Connection, settings, Template(order), recorder, time, cancellation);
        await IntroduceAsync(stage.StandIn, list, progress, order.Occurrence.ToSend, cancellation);
        var stopped = await HandOverAsync(order, stage, list, ledger, time, cancellation);
        var rejections = ledger.Rejections();
        var handed = ledger.Count();
        return new()
        {
            Provider = order.Provider.Name, Channel = order.Provider.Channel, Began = order.Begins, Ended = time.GetUtcNow(), SendAt = order.Occurrence.SendAt,
            Took = clock.GetElapsedTime(started), OwnList = own, DataDate = order.Occurrence.DataDate, ControlShare = order.Occurrence.ControlShare,
            List = new(order.Occurrence.Considered, order.Occurrence.Excluded, order.Occurrence.Control), Exclusions = await list.ExclusionsAsync(cancellation),
            Accepted = handed.Accepted, Unknown = handed.Unknown, Stopped = stopped, Calls = recorder.Made(), Arrivals = stage.StandIn.Arrivals(),
            Rejections = [.. rejections.GroupBy(r => r.Reason).Select(g => new ReasonCount(g.Key, g.Count())).OrderByDescending(r => r.Count)],
            RejectedPeople = await list.WhoAsync([.. rejections.Take(RejectedShown)], cancellation),
            Forecast = order.Provider.Pace is { } pace ? new(pace, order.Occurrence.ToSend, order.Occurrence.SendAt, order.Provider.HandOverLead ?? default) : null,
        };
    }

    private static StandInTemplate Template(DryOrder order) => new(order.Template.ProviderId, order.Template.Name, order.Template.Html, order.Template.ScopeId, order.Template.ScopeName, order.Template.Platform);

    // The twin knows everybody of the list, as a provider does that was brought up to date.
    private static async Task IntroduceAsync(IStandIn standIn, DryList list, IProgress<DryRunProgress> progress, int total, CancellationToken cancellation)
    {
        var known = 0;
        await foreach (var people in list.IdentitiesAsync(cancellation).Chunk(PeopleAtOnce).WithCancellation(cancellation))
        {
            standIn.AddPeople(people);
            progress.Report(new("Making the customers known to the twin", known += people.Length, total));
        }
    }

    private async Task<string?> HandOverAsync(DryOrder order, DryStage stage, DryList list, DryLedger ledger, HurriedClock time, CancellationToken cancellation)
    {
        if (list.Rows.ToSend == 0) return null;
        var info = stage.Provider.Info;
        var chunks = recipients.ReadAsync(list.Rows, info, [], stage.Provider.AttributesOf(stage.Access.Settings), cancellation);
        if (info.WholeList) ledger.CarryAll(list.Rows.ToSend);
        chunks = CarryAsync(chunks, info, ledger, time, cancellation);
        try
        {
            await stage.Provider.SendAsync(stage.Access, SendOrders.Of(order.Occurrence), chunks, ledger, cancellation);
            return null;
        }
        catch (Exception e) when (e is ProviderException or RefusedException)
        {
            return e.Message;
        }
    }

    // Where the provider limits the pace, each chunk waits for its turn, and the next for this one's answer, so that the clock says when each went.
    private static async IAsyncEnumerable<RecipientChunk> CarryAsync(
        IAsyncEnumerable<RecipientChunk> chunks, ProviderInfo info, DryLedger ledger, HurriedClock time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var next = time.GetUtcNow();
        await foreach (var chunk in chunks.WithCancellation(cancellation))
        {
            ledger.Carry(chunk);
            if (info.Pace is { } pace)
            {
                time.MoveTo(next);
                next = time.GetUtcNow() + Pacing.Share(pace, info.ChunkSize);
            }
            yield return chunk;
            if (info.Pace is not null) await ledger.AnsweredAsync(chunk.Number, cancellation);
        }
    }
}
