using Optimove.Portal.Twins.Cheetah.Campaigns;
using Optimove.Portal.Twins.Cheetah.Imports;
using Optimove.Portal.Twins.Saved;

namespace Optimove.Portal.Twins.Cheetah;

/// <summary>An account as it is kept between runs; tokens are not.</summary>
internal sealed record SavedCheetah(CheetahKeys Keys, long CustId, long PropMapId, CheetahSwitches Switches)
{
    public SortedDictionary<long, string> Folders { get; init; } = [];
    public List<string> MapTo { get; init; } = [];
    public List<string> People { get; init; } = [];
    public List<ImportRun> Imports { get; init; } = [];
    public List<EmailCampaign> Campaigns { get; init; } = [];

    public static IEnumerable<SavedLine> Lines(CheetahAccount account) => [new(account.Name) { Cheetah = Of(account) }];

    private static SavedCheetah Of(CheetahAccount account) => new(account.Keys, account.CustId, account.PropMapId, account.Switches)
    {
        Folders = account.Folders, MapTo = account.MapTo, People = account.People, Imports = account.Imports, Campaigns = account.Campaigns,
    };

    public void AddTo(TwinWorld world, string name)
    {
        var account = world.AddCheetah(name, Keys);
        (account.CustId, account.PropMapId, account.Switches) = (CustId, PropMapId, Switches);
        foreach (var (id, folder) in Folders) account.AddFolder(id, folder);
        account.AddMapTo([.. MapTo]);
        account.AddPeople(People);
        lock (account.Gate)
        {
            account.Imports.AddRange(Imports);
            account.Campaigns.AddRange(Campaigns);
        }
    }
}
