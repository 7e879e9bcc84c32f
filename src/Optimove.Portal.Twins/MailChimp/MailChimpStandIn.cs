using System.Globalization;
using Optimove.Portal.Twins.MailChimp.Campaigns;
using Optimove.Portal.Twins.StandIns;

namespace Optimove.Portal.Twins.MailChimp;

/// <summary>A MailChimp account with the connection's key, list and sender domain, and the one template.</summary>
internal sealed class MailChimpStandIn : IStandIn
{
    private readonly MailChimpAccount _account;
    private readonly string _list;
    private readonly string _template;

    public MailChimpStandIn(TwinWorld world, StandInOrder order)
    {
        (_list, _template) = (order["ListId"], order.Template.Name);
        _account = world.AddMailChimp(StandInCatalog.Account, order["ApiKey"]);
        _account.AddDomain(order["ReplyTo"][(order["ReplyTo"].IndexOf('@', StringComparison.Ordinal) + 1)..]);
        _account.AddList(_list, "The client's list");
        // What is no number is no template's id, and the connector says so.
        if (int.TryParse(order.Template.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            _account.AddTemplate(new() { Id = id, Name = order.Template.Name, Html = order.Template.Content });
    }

    public Uri AddressAt(TwinHost host) => host.MailChimp(_account.Name);

    public void AddPeople(IEnumerable<string> identities) => _account.AddMembers(_list, identities);

    public IReadOnlyList<Arrival> Arrivals() => [.. _account.Observe(0).Campaigns
        .Where(c => !c.Deleted && c.Status is CampaignStatus.Schedule or CampaignStatus.Sending or CampaignStatus.Sent)
        .Select(c => new Arrival((c.ScheduleTime ?? c.SendTime)!.Value, $"{_template}: {c.Subject}", $"list {_list}", c.Recipients, [.. _account.Deliveries(c.Title, includeScheduled: true).Keys.Take(Arrival.Shown)]))
        .OrderBy(a => a.At)];
}
