using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Badges;

namespace Optimove.Portal.Campaigns.Overview;

/// <summary>An occurrence's state as a person reads it: the badge, the day of measuring, and the line that says what matters next.</summary>
public sealed record OccurrenceStatus(Status Status, int? Day, string Line)
{
    private const int MetricDays = 7;

    public static OccurrenceStatus Of(Occurrence o, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (o.CancelledAt is not null || o.State == OccurrenceState.Cancelled)
            return new(Status.Cancelled, null, o.Sentence ?? $"By {o.CancelledBy}; being taken back at the provider");
        return o.State switch
        {
            OccurrenceState.Scheduled when now < o.LocksAt => new(Status.Scheduled, null, $"Editable until {At(o.LocksAt, now, zone)}; then locked"),
            OccurrenceState.Scheduled => new(Status.Locked, null, o.Sentence ?? "The list is made next"),
            OccurrenceState.Preparing => new(Status.Preparing, null, "The list is being made"),
            OccurrenceState.Locked => new(Status.Locked, null, o.ListedAt is { } listed ? $"List fixed {At(listed, now, zone)}; the hand-over is next" : "The list is made next"),
            OccurrenceState.Pushing => new(Status.Pushing, null, o.RetryAt > now && o.Sentence is { } wait ? $"{wait} Tried again {At(o.RetryAt.Value, now, zone)}" : Handed(o)),
            OccurrenceState.HandedOver => new(Status.Pushing, null, $"All handed over; goes out {At(o.SendAt, now, zone)}"),
            OccurrenceState.Measuring => Measuring(o, now, zone),
            OccurrenceState.Closed => new(Status.Closed, null, $"Measured until {Format.DayMonth(Format.LocalDay(o.MeasuredUntil, zone))}"),
            OccurrenceState.Held => new(Status.Held, null, o.Sentence ?? "A check stopped it"),
            OccurrenceState.Missed => new(Status.Missed, null, "It did not start in time; nothing went out"),
            _ => new(Status.Incomplete, null, Incomplete(o)),
        };
    }

    /// <summary>Whether it changes by itself, so that a screen should look again.</summary>
    public static bool Runs(Occurrence o, DateTimeOffset now) => o.State switch
    {
        OccurrenceState.Preparing or OccurrenceState.Locked or OccurrenceState.Pushing or OccurrenceState.Incomplete or OccurrenceState.Held => true,
        OccurrenceState.Scheduled => now >= o.LocksAt,
        OccurrenceState.HandedOver => now >= o.SendAt.AddMinutes(-1) || o.CancelledAt is not null,
        _ => false,
    };

    private static OccurrenceStatus Measuring(Occurrence o, DateTimeOffset now, TimeZoneInfo zone)
    {
        var day = Format.LocalDay(now, zone).DayNumber - Format.LocalDay(o.SendAt, zone).DayNumber;
        if (day < 1)
            return new(Status.Sent, null, $"Went out {Format.Clock(o.SendAt, zone)}{(o.HandedOverAt is { } at ? $"; handed over by {Format.Clock(at, zone)}" : "")}");
        return new(Status.Measuring, Math.Min(day, MetricDays), $"Purchases count until {Format.DayMonth(Format.LocalDay(o.MeasuredUntil, zone))}");
    }

    private static string Handed(Occurrence o) => o.Accepted + o.Rejected == 0 && o.ToSend > 0
        ? $"{Format.Number(o.ToSend)} to hand over"
        : $"{Format.Number(o.Accepted + o.Rejected)} of {Format.Number(o.ToSend)} handed over";

    private static string Incomplete(Occurrence o) => o.Unknown > 0 || o.StillToGo == 0
        ? $"{Format.Number(o.Unknown)} without an answer{(o.StillToGo > 0 ? $", {Format.Number(o.StillToGo)} still to go" : "")}"
        : $"{Format.Number(o.StillToGo)} still to go";

    private static string At(DateTimeOffset moment, DateTimeOffset now, TimeZoneInfo zone)
    {
        var day = Format.LocalDay(moment, zone);
        var clock = Format.Clock(moment, zone);
        return day == Format.LocalDay(now, zone) ? clock : $"{day.ToString("ddd d MMMM", System.Globalization.CultureInfo.InvariantCulture)}, {clock}";
    }
}
