using System.Globalization;
using Optimove.Portal.Twins.Cheetah.Campaigns;
using Optimove.Portal.Twins.StandIns;

namespace Optimove.Portal.Twins.Cheetah;

/// <summary>A Cheetah Messaging account with the connection's keys, numbers, folder and Data Map, and the one template.</summary>
internal sealed class CheetahStandIn : IStandIn
{
    private readonly CheetahAccount _account;
    private readonly long _folder;
    private readonly string _template;

    public CheetahStandIn(TwinWorld world, StandInOrder order)
    {
        _template = order.Template.Name;
        _account = world.AddCheetah(StandInCatalog.Account, new CheetahKeys(order["ConsumerKey"], order["ConsumerSecret"], order["ClientIdentifier"]));
        (_account.CustId, _account.PropMapId, _folder) = (Number(order["CustId"]), Number(order["PropMapId"]), Number(order["FolderId"]));
        _account.AddFolder(_folder, "Optimove");
        _account.AddMapTo([.. order.Lines("DataMapFields").Select(line => line[0]).Prepend(order["IdentifierField"]).Distinct(StringComparer.Ordinal)]);
        if (Number(order.Template.Id) is > 0 and var id) _account.AddTemplate(_folder, _template, order.Template.Content, id: id);
    }

    public Uri AddressAt(TwinHost host) => host.Cheetah(_account.Name);

    public void AddPeople(IEnumerable<string> identities) => _account.AddPeople(identities);

    public IReadOnlyList<Arrival> Arrivals() => [.. _account.Observe(0).Campaigns
        .Where(c => !c.Deleted && c.Status is CampaignStatus.Scheduled or CampaignStatus.Sending or CampaignStatus.Sent)
        .Select(c => new Arrival(c.SendAt!.Value, _template, $"campaign {c.Name}", c.Audience, [.. _account.Deliveries(c.Name, includeScheduled: true).Keys.Take(Arrival.Shown)]))
        .OrderBy(a => a.At)];

    private static long Number(string digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
