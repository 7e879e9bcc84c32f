namespace Optimove.Portal.Twins.MailChimp.Lists;

/// <summary>Whether a member may be mailed: only who is subscribed is; cleaned is who bounced for good.</summary>
public enum MemberStatus { Subscribed, Unsubscribed, Cleaned }

/// <summary>An audience: its members, what each one's status is, and its segments.</summary>
public sealed class MailList(string id, string name, DateTimeOffset createdAt)
{
    public string Id => id;
    public string Name => name;
    public DateTimeOffset CreatedAt => createdAt;
    public AddressBook Addresses { get; } = new();
    public MemberSet Subscribed { get; init; } = new();
    public MemberSet Cleaned { get; init; } = new();
    public SortedDictionary<int, Segment> Segments { get; } = [];

    public void Add(string address, MemberStatus status)
    {
        var member = Addresses.Add(address);
        if (member >= 0) SetStatus(member, status);
    }

    public void SetStatus(int member, MemberStatus status)
    {
        if (status == MemberStatus.Subscribed) Subscribed.Add(member);
        else Subscribed.Remove(member);
        if (status == MemberStatus.Cleaned) Cleaned.Add(member);
        else Cleaned.Remove(member);
    }

    public MemberStatus StatusOf(int member) =>
        Subscribed.Contains(member) ? MemberStatus.Subscribed : Cleaned.Contains(member) ? MemberStatus.Cleaned : MemberStatus.Unsubscribed;
}
