using Optimove.Portal.Campaigns;
using Optimove.Portal.Metrics;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.Sending.Executions;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Editing;

namespace Optimove.Portal.PartnerApi.Functions.Campaigns;

/// <summary>A campaign about which programs tell figures and interactions: one on a date, or a triggered one.</summary>
/// <param name="Number">As programs know it.</param>
/// <param name="Id">Of the occurrence, or of the triggered campaign.</param>
/// <param name="ActionId">The action that a customer got; 0 while none is chosen.</param>
/// <param name="Shut">Why nothing is taken about it, in words that follow its number; null while figures are taken.</param>
internal sealed record ToldCampaign(int Number, int Id, bool IsTriggered, int ChannelId, int ActionId, string? Shut)
{
    private const string NotYet = "has not been executed.";

    /// <summary>Those that exist, by number.</summary>
    public static async Task<IReadOnlyDictionary<int, ToldCampaign>> FindAsync(ApiCall call, IReadOnlyCollection<int> numbers)
    {
        int[] ids = [.. numbers.Where(n => n < TriggeredCampaign.FirstNumber)], triggered = [.. numbers.Where(n => n >= TriggeredCampaign.FirstNumber).Select(n => n - TriggeredCampaign.FirstNumber)];
        var found = ids.Length == 0 ? [] : (await call.Get<ExecutionQueries>().ListAsync(o => ids.Contains(o.Id), call.Cancellation)).Select(Of).ToList();
        if (triggered.Length > 0) found.AddRange((await call.Get<TriggeredCampaignQueries>().FindAsync(triggered, call.Cancellation)).Select(c => Of(c, call.Get<TimeProvider>().GetUtcNow())));
        return found.ToDictionary(c => c.Number);
    }

    private static ToldCampaign Of(Execution e) => new(e.Id, e.Id, IsTriggered: false, e.ChannelId, e.TemplateId,
        !e.IsExecuted || e.Occurrence.PushStartedAt is null ? NotYet : e.Occurrence.State == OccurrenceState.Closed ? "is closed; its figures are final." : null);

    private static ToldCampaign Of(TriggeredCampaign c, DateTimeOffset now) => new(c.Number, c.Id, IsTriggered: true, c.ChannelId ?? 0, c.ActionId ?? 0, c.State switch
    {
        TriggeredCampaignState.Draft => NotYet,
        TriggeredCampaignState.Ended when c.StateAt?.AddDays(CollectMetrics.Days) < now => $"ended more than {CollectMetrics.Days} days ago; its figures are final.",
        _ => null,
    });
}
