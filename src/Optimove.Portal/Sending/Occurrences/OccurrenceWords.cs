using Optimove.Portal.Campaigns;
using Optimove.Portal.Sending.Running;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Sending.Occurrences;

/// <summary>Says who acts on an occurrence, by when, and what happens otherwise.</summary>
public static class OccurrenceWords
{
    /// <summary>Null where nobody needs to act.</summary>
    public static string? Else(Occurrence o, TimeZoneInfo zone) => o.State switch
    {
        _ when o.CancelledAt is not null => null,
        OccurrenceState.Held => $"Mend it before {Format.Time(o.SendAt, zone)} to keep its time. If nobody does by {Format.Clock(Deadline(o), zone)}, it is missed and nothing goes out.",
        OccurrenceState.Missed => $"{o.Sentence} It stays as it is until somebody decides.".TrimStart(),
        OccurrenceState.Incomplete when o.StillToGo > 0 => "Those still to go go out only if somebody finishes the rest. Nobody is written to twice.",
        OccurrenceState.Incomplete => $"They may or may not have it, so nothing is sent again by itself.{(o.RetryAt is { } at ? $" The provider is asked again at {Format.Clock(at, zone)}." : " The provider cannot be asked: look there whether they have it, then count them as sent or hand them over again.")}",
        _ => null,
    };

    /// <summary>After this it no longer starts by itself.</summary>
    public static DateTimeOffset Deadline(Occurrence o) => o.SendAt + StartWindow.Length;

    /// <summary>Whether the partner knows everybody of the list; null where a provider sends, or nothing was released.</summary>
    public static string? Fetched(OccurrenceView view, TimeZoneInfo zone) => view switch
    {
        { Provider.ServedByPartner: false } or { Occurrence.HandedOverAt: null } or { Occurrence.CancelledAt: not null } => null,
        { Fetched: null } => "The partner has not fetched the list yet.",
        { Fetched: { } fetch } when fetch.People < view.Occurrence.ToSend => $"The partner has fetched {Format.Number(fetch.People)} of {Format.Number(view.Occurrence.ToSend)} people, last {Format.ShortMoment(fetch.LastAt, zone)}.",
        { Fetched: { } fetch } => $"The partner fetched all {Format.Count(view.Occurrence.ToSend, "person", "people")}, last {Format.ShortMoment(fetch.LastAt, zone)}.",
    };
}
