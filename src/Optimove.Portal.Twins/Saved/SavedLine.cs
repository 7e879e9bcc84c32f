using Optimove.Portal.Twins.Appboy;
using Optimove.Portal.Twins.Cheetah;
using Optimove.Portal.Twins.MailChimp;
using Optimove.Portal.Twins.MailChimp.Campaigns;
using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.MailChimp.Templates;
using Optimove.Portal.Twins.Partner;

namespace Optimove.Portal.Twins.Saved;

/// <summary>One line of the file: the account it belongs to and one of the others. An account's own line comes first, a list's before its members.</summary>
internal sealed record SavedLine(string Account)
{
    public SavedAccount? Settings { get; init; }
    public SavedList? List { get; init; }
    public SavedMembers? Members { get; init; }
    public MailTemplate? Template { get; init; }
    public Segment? Segment { get; init; }
    public Campaign? Campaign { get; init; }
    /// <summary>Belongs to a Marketing Cloud account; then none of the others is there.</summary>
    public SavedMobilePush? MobilePush { get; init; }
    /// <summary>A part of an Appboy account; none of the others then.</summary>
    public SavedAppboy? Appboy { get; init; }
    /// <summary>A Cheetah account as a whole; such a line has nothing else.</summary>
    public SavedCheetah? Cheetah { get; init; }
    /// <summary>A part of a partner's account; none of the others then.</summary>
    public SavedPartner? Partner { get; init; }
}

internal sealed record SavedAccount(string ApiKey, SortedDictionary<string, bool> Domains, int SegmentsMade)
{
    public TimeSpan SegmentDelay { get; init; }
    public TimeSpan SendingTakes { get; init; }
    public bool CanSchedule { get; init; }
    public bool CanCancelSend { get; init; }
    public bool RepeatsAreErrors { get; init; }
    public bool SegmentNeedsMatch { get; init; }

    public static SavedAccount Of(MailChimpAccount account) => new(account.ApiKey, account.Domains, account.SegmentsMade)
    {
        SegmentDelay = account.SegmentDelay,
        SendingTakes = account.SendingTakes,
        CanSchedule = account.CanSchedule,
        CanCancelSend = account.CanCancelSend,
        RepeatsAreErrors = account.RepeatsAreErrors,
        SegmentNeedsMatch = account.SegmentNeedsMatch,
    };

    public void ApplyTo(MailChimpAccount account)
    {
        foreach (var (domain, verified) in Domains) account.Domains[domain] = verified;
        account.SegmentsMade = SegmentsMade;
        account.SegmentDelay = SegmentDelay;
        account.SendingTakes = SendingTakes;
        account.CanSchedule = CanSchedule;
        account.CanCancelSend = CanCancelSend;
        account.RepeatsAreErrors = RepeatsAreErrors;
        account.SegmentNeedsMatch = SegmentNeedsMatch;
    }
}

internal sealed record SavedList(string Id, string Name, DateTimeOffset CreatedAt, MemberSet Subscribed, MemberSet Cleaned);

internal sealed record SavedMembers(string ListId, string[] Addresses);
