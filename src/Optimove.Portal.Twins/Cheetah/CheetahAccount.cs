using Optimove.Portal.Twins.Cheetah.Campaigns;
using Optimove.Portal.Twins.Cheetah.Imports;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah;

/// <summary>An account at the Cheetah Messaging twin: what it holds and which of the provider's habits it shows. Safe to use while calls come in.</summary>
public sealed partial class CheetahAccount
{
    private readonly TimeProvider _clock;
    private readonly Action _changed;
    private int _inService;
    private int _peakInService;

    internal CheetahAccount(string name, CheetahKeys keys, TimeProvider clock, Action changed) => (Name, Keys, _clock, _changed) = (name, keys, clock, changed);

    public string Name { get; }
    public CheetahKeys Keys { get; }
    public long CustId { get; set; } = 4410;
    public long PropMapId { get; set; } = 2207;
    /// <summary>The Map To name of the unique identifier: the first column of the Data Map.</summary>
    public string IdentifierField => MapTo[0];

    public CheetahSwitches Switches { get; set; } = new();
    public FaultSwitches Faults { get; } = new();
    public CallLog Log { get; } = new();
    /// <summary>The most calls that were ever in service at once.</summary>
    public int PeakConcurrency => Volatile.Read(ref _peakInService);

    internal Lock Gate { get; } = new();
    internal CheetahTokens Tokens { get; } = new();
    internal List<string> MapTo { get; } = [];
    internal SortedDictionary<long, string> Folders { get; } = [];
    /// <summary>The identifiers of the one table, in the order in which they came.</summary>
    internal List<string> People { get; } = [];
    internal Dictionary<string, int> PlaceOf { get; } = new(StringComparer.OrdinalIgnoreCase);
    /// <summary>In the order of creation, deleted ones included.</summary>
    internal List<ImportRun> Imports { get; } = [];
    internal List<EmailCampaign> Campaigns { get; } = [];

    public DateTimeOffset Now => _clock.GetUtcNow();

    internal long NextImportId() => 90881 + Imports.Count;

    internal long NextCampaignId() => Campaigns.Select(c => c.Id).DefaultIfEmpty(66119).Max() + 1;

    internal ImportRun? Import(long id) => Imports.Find(i => i.Id == id && !i.Deleted);

    internal EmailCampaign? Campaign(long id) => Campaigns.Find(c => c.Id == id && !c.Deleted);

    /// <summary>Names are unique within a folder, whatever bears them.</summary>
    internal bool IsTaken(long folder, string name) =>
        Imports.Exists(i => !i.Deleted && i.FolderId == folder && i.Name == name) || Campaigns.Exists(c => !c.Deleted && c.FolderId == folder && c.Name == name);

    internal void Changed() => _changed();

    internal void EnterService()
    {
        var inService = Interlocked.Increment(ref _inService);
        for (var peak = _peakInService; inService > peak; peak = _peakInService)
            if (Interlocked.CompareExchange(ref _peakInService, inService, peak) == peak) break;
    }

    internal void LeaveService() => Interlocked.Decrement(ref _inService);
}
