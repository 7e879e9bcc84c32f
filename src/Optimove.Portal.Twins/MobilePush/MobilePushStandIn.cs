using System.Globalization;
using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.StandIns;

namespace Optimove.Portal.Twins.MobilePush;

/// <summary>A Marketing Cloud account with the connection's client, business units and apps, and the one message in its business unit.</summary>
internal sealed class MobilePushStandIn : IStandIn
{
    private const string Mid = "1";
    private readonly MobilePushAccount _account;
    private readonly string _message;
    private readonly string _place;

    public MobilePushStandIn(TwinWorld world, StandInOrder order)
    {
        _account = world.AddMobilePush(StandInCatalog.Account, order["ClientId"], order["ClientSecret"], Mid);
        var template = order.Template;
        // A message's id in the product has its business unit in front, where it is not the account's own.
        var slash = template.Id.IndexOf('/', StringComparison.Ordinal);
        var (mid, id) = slash > 0 && template.Id[..slash].All(char.IsAsciiDigit) ? (template.Id[..slash], template.Id[(slash + 1)..]) : (Mid, template.Id);
        foreach (var unit in order.Lines("BusinessUnits").Where(unit => unit.Length > 1)) _account.AddUnit(unit[0], unit[1]);
        foreach (var app in order.Lines("Apps").Where(app => app.Length > 1)) _account.AddApp(new PushApp(app[0], app[1], mid));
        var mark = int.TryParse(order["ApiTriggeredMark"], NumberStyles.None, CultureInfo.InvariantCulture, out var own) ? own : PushMessage.ApiTriggered;
        _account.AddMessage(new PushMessage { Id = id, Name = template.Name, Mid = mid, AppId = template.ScopeId ?? "", SendInitiator = mark, Mark = mark });
        var unitName = order.Lines("BusinessUnits").FirstOrDefault(unit => unit.Length > 1 && unit[0] == mid)?[1];
        (_message, _place) = (template.Name, string.Join(", ", new[] { template.Scope ?? template.ScopeId, unitName is null ? null : $"business unit {unitName}" }.OfType<string>()));
    }

    public Uri AddressAt(TwinHost host) => host.MobilePush(_account.Name);

    public void AddPeople(IEnumerable<string> identities) => _account.AddContacts(identities);

    public IReadOnlyList<Arrival> Arrivals()
    {
        var first = _account.Deliveries(includeScheduled: true).Keys.Take(Arrival.Shown).ToList();
        return [.. _account.SendsOf().GroupBy(send => send.StartsAt).OrderBy(at => at.Key)
            .Select((at, i) => new Arrival(at.Key, _message, _place, at.Sum(send => send.Reached), i == 0 ? first : []))];
    }
}
