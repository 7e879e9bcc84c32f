using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.MailChimp.Templates;

namespace Optimove.Portal.Twins.MailChimp;

public sealed partial class MailChimpAccount
{
    public void AddList(string id, string name)
    {
        lock (Gate) Lists.Add(id, new MailList(id, name, Moment()));
        Changed();
    }

    /// <summary>Adds members; one who is there before takes the new status. What is no address is left out.</summary>
    public void AddMembers(string listId, IEnumerable<string> addresses, MemberStatus status = MemberStatus.Subscribed)
    {
        lock (Gate)
        {
            var list = Lists[listId];
            foreach (var address in addresses) list.Add(address, status);
        }
        Changed();
    }

    /// <summary>Null when the address is not on the list.</summary>
    public MemberStatus? StatusOf(string listId, string address)
    {
        lock (Gate)
        {
            Advance(Now);
            var list = Lists[listId];
            var member = list.Addresses.Find(address);
            return member < 0 ? null : list.StatusOf(member);
        }
    }

    public void AddTemplate(MailTemplate template)
    {
        lock (Gate)
        {
            if (template.CreatedAt == default) template.CreatedAt = Moment();
            if (template.EditedAt == default) template.EditedAt = template.CreatedAt;
            Templates.Add(template.Id, template);
        }
        Changed();
    }

    /// <summary>As a person does it at MailChimp: the template stays listed, no longer active. False when there is none.</summary>
    public bool DeleteTemplate(int id)
    {
        lock (Gate)
        {
            if (!Templates.TryGetValue(id, out var template)) return false;
            template.Active = false;
            template.EditedAt = Moment();
        }
        Changed();
        return true;
    }

    public void AddDomain(string domain, bool verified = true)
    {
        lock (Gate) Domains[domain] = verified;
        Changed();
    }

    internal string? TemplateHtml(int id)
    {
        lock (Gate) return Templates.TryGetValue(id, out var template) ? template.Html : null;
    }

    internal string? CampaignHtml(string id)
    {
        lock (Gate) return Campaign(id)?.Html;
    }

    internal bool IsVerified(string address) =>
        address.IndexOf('@') is > 0 and var at && Domains.TryGetValue(address[(at + 1)..], out var verified) && verified;

    private DateTimeOffset Moment() => Wire.Moments.WholeSeconds(Now);
}
