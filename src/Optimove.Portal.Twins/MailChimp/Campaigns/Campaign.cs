using System.Text.Json.Serialization;
using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.Mail;

namespace Optimove.Portal.Twins.MailChimp.Campaigns;

/// <summary>The states of a campaign; in lower case they are the words on the wire.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CampaignStatus>))]
public enum CampaignStatus { Save, Paused, Schedule, Sending, Sent, Canceling, Canceled }

/// <summary>
/// A campaign and its way save, schedule, sending, sent. It has no timer: <see cref="Fire"/> brings it up to a moment, and
/// <see cref="NextEvent"/> says when something happens next.
/// </summary>
public sealed class Campaign
{
    private Departure[]? _departures;

    public required string Id { get; init; }
    public required int WebId { get; init; }
    public required string Type { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string ListId { get; set; } = "";
    /// <summary>Null: everyone on the list.</summary>
    public int? SegmentId { get; set; }
    public CampaignSettings Settings { get; set; } = new();
    public string? Html { get; set; }
    public string? PlainText { get; set; }
    public CampaignStatus Status { get; set; } = CampaignStatus.Save;
    public DateTimeOffset? ScheduleTime { get; set; }
    /// <summary>When it began to send; every figure of its report counts from here.</summary>
    public DateTimeOffset? SendTime { get; set; }
    public DateTimeOffset? CancelledAt { get; set; }
    /// <summary>Everyone who is mailed; known once it sends.</summary>
    public MemberSet? Recipients { get; set; }
    /// <summary>How many would have been mailed, had it not been stopped.</summary>
    public int Intended { get; set; }
    /// <summary>How many of those who left the list because of this campaign have left already.</summary>
    public int Departed { get; set; }
    /// <summary>Gone from the API; what it mailed is still known to the twin.</summary>
    public bool Deleted { get; set; }

    [JsonIgnore]
    public bool IsEditable => Status is CampaignStatus.Save or CampaignStatus.Paused;

    [JsonIgnore]
    public bool HasReport => Status is CampaignStatus.Sent or CampaignStatus.Canceled;

    /// <summary>When this campaign changes next by itself; null for never.</summary>
    public DateTimeOffset? NextEvent(MailList list, TimeSpan sendingTakes) => Status switch
    {
        CampaignStatus.Schedule => ScheduleTime,
        CampaignStatus.Sending => SendTime + sendingTakes,
        CampaignStatus.Canceling => CancelledAt + sendingTakes,
        CampaignStatus.Sent or CampaignStatus.Canceled when Departed < Departures(list).Length => SendTime + Departures(list)[Departed].After,
        _ => null,
    };

    /// <summary>Lets one change happen, or all departures up to a moment.</summary>
    public void Fire(MailList list, DateTimeOffset upTo)
    {
        if (Status == CampaignStatus.Schedule) BeginSending(list, ScheduleTime!.Value);
        else if (Status == CampaignStatus.Sending) Status = CampaignStatus.Sent;
        else if (Status == CampaignStatus.Canceling) Status = CampaignStatus.Canceled;
        else Depart(list, upTo);
    }

    public void BeginSending(MailList list, DateTimeOffset at)
    {
        SendTime = at;
        Status = CampaignStatus.Sending;
        Recipients = Reach(list);
        Intended = Recipients.Count;
    }

    /// <summary>Whom it would mail now: subscribed members of its segment or list.</summary>
    public MemberSet Reach(MailList list) => SegmentId is not { } segment ? list.Subscribed.With(list.Subscribed)
        : list.Segments.TryGetValue(segment, out var found) ? found.Members.With(list.Subscribed) : new MemberSet();

    /// <summary>Stops it in the middle: those whose turn came in the elapsed part have been mailed.</summary>
    public void Stop(MailList list, DateTimeOffset now, TimeSpan sendingTakes)
    {
        var share = (now - SendTime!.Value) / sendingTakes;
        var mailed = new MemberSet();
        foreach (var member in Recipients!.Members())
            if (Outcome.TurnOf(Id, list.Addresses.Utf8(member)) < share) mailed.Add(member);
        Recipients = mailed;
        CancelledAt = now;
        Status = CampaignStatus.Canceling;
    }

    private void Depart(MailList list, DateTimeOffset upTo)
    {
        var departures = Departures(list);
        for (; Departed < departures.Length && SendTime + departures[Departed].After <= upTo; Departed++)
            if (list.StatusOf(departures[Departed].Member) == MemberStatus.Subscribed)
                list.SetStatus(departures[Departed].Member, departures[Departed].To);
    }

    /// <summary>Who leaves the list because of this campaign, in the order of leaving.</summary>
    private Departure[] Departures(MailList list)
    {
        if (_departures is not null) return _departures;
        var leaving = new List<Departure>();
        foreach (var member in Recipients!.Members())
        {
            var outcome = Outcome.Of(Id, list.Addresses.Utf8(member));
            if (outcome.Bounce == Bounce.Hard) leaving.Add(new Departure(outcome.BouncedAfter!.Value, member, MemberStatus.Cleaned));
            if (outcome.UnsubscribedAfter is { } after) leaving.Add(new Departure(after, member, MemberStatus.Unsubscribed));
        }
        leaving.Sort((a, b) => a.After != b.After ? a.After.CompareTo(b.After) : a.Member.CompareTo(b.Member));
        return _departures = [.. leaving];
    }

    private readonly record struct Departure(TimeSpan After, int Member, MemberStatus To);
}

/// <summary>What the request's <c>settings</c> hold; empty means not given.</summary>
public sealed record CampaignSettings
{
    public string Title { get; init; } = "";
    public string SubjectLine { get; init; } = "";
    public string PreviewText { get; init; } = "";
    public string FromName { get; init; } = "";
    public string ReplyTo { get; init; } = "";
    public string ToName { get; init; } = "";
    public int? TemplateId { get; init; }
}
