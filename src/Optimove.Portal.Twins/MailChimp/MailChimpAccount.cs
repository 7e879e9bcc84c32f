using System.Security.Cryptography;
using System.Text;
using Optimove.Portal.Twins.MailChimp.Campaigns;
using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.MailChimp.Templates;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp;

/// <summary>An account at the MailChimp twin: what it holds and which of the provider's habits it shows. Safe to use while calls come in.</summary>
public sealed partial class MailChimpAccount
{
    private const int FirstSegmentId = 41200;
    private readonly TimeProvider _clock;
    private readonly Action _changed;
    private DateTimeOffset? _nextEvent;
    private int _inService;
    private int _peakInService;

    internal MailChimpAccount(string name, string apiKey, TimeProvider clock, Action changed)
    {
        (Name, ApiKey, _clock, _changed) = (name, apiKey, clock, changed);
    }

    public string Name { get; }
    /// <summary>The key with its data centre at the end: <c>...-us6</c>.</summary>
    public string ApiKey { get; }
    public string DataCenter => ApiKey[(ApiKey.LastIndexOf('-') + 1)..];

    /// <summary>How long a changed segment is processed before its count is right and a campaign on it can be sent.</summary>
    public TimeSpan SegmentDelay { get; set; } = TimeSpan.FromSeconds(2);
    /// <summary>From the beginning of sending to sent.</summary>
    public TimeSpan SendingTakes { get; set; } = TimeSpan.FromMinutes(1);
    public bool CanSchedule { get; set; } = true;
    public bool CanCancelSend { get; set; } = true;
    /// <summary>An address that is in the segment already is answered among the errors instead of among the added: both are conceivable.</summary>
    public bool RepeatsAreErrors { get; set; }
    /// <summary>A <c>saved_segment_id</c> without <c>match</c> is ignored, so that the whole list is mailed, as once seen.</summary>
    public bool SegmentNeedsMatch { get; set; } = true;

    public FaultSwitches Faults { get; } = new();
    public CallLog Log { get; } = new();
    /// <summary>The most calls that were ever in service at once, refused ones included.</summary>
    public int PeakConcurrency => Volatile.Read(ref _peakInService);

    internal Lock Gate { get; } = new();
    internal SortedDictionary<string, MailList> Lists { get; } = new(StringComparer.Ordinal);
    internal SortedDictionary<int, MailTemplate> Templates { get; } = [];
    internal SortedDictionary<string, bool> Domains { get; } = new(StringComparer.OrdinalIgnoreCase);
    /// <summary>In the order of creation, deleted ones included.</summary>
    internal List<Campaign> Campaigns { get; } = [];
    internal int SegmentsMade { get; set; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    internal int NextSegmentId() => FirstSegmentId + ++SegmentsMade;

    internal string NextCampaignId() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Name}/{Campaigns.Count + 1}")))[..10];

    internal Campaign? Campaign(string id) => Campaigns.Find(c => c.Id == id && !c.Deleted);

    /// <summary>Brings every campaign up to now, in the order in which things happen. Needs <see cref="Gate"/>.</summary>
    internal void Advance(DateTimeOffset now)
    {
        if (_nextEvent > now) return;
        while (true)
        {
            var (due, next) = Soonest();
            _nextEvent = next is null ? DateTimeOffset.MaxValue : next;
            if (due is null || _nextEvent > now) return;
            due.Fire(Lists[due.ListId], next!.Value);
            _changed();
        }
    }

    /// <summary>To be called when campaigns were changed from outside of <see cref="Advance"/>.</summary>
    internal void Changed()
    {
        _nextEvent = null;
        _changed();
    }

    private (Campaign? Due, DateTimeOffset? Next) Soonest()
    {
        (Campaign? Due, DateTimeOffset? Next) soonest = default;
        foreach (var campaign in Campaigns)
            if (Lists.TryGetValue(campaign.ListId, out var list) && campaign.NextEvent(list, SendingTakes) is { } next && !(soonest.Next <= next))
                soonest = (campaign, next);
        return soonest;
    }

    internal int EnterService()
    {
        var inService = Interlocked.Increment(ref _inService);
        for (var peak = _peakInService; inService > peak; peak = _peakInService)
            if (Interlocked.CompareExchange(ref _peakInService, inService, peak) == peak) break;
        return inService;
    }

    internal void LeaveService() => Interlocked.Decrement(ref _inService);
}
