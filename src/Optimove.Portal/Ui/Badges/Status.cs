using Optimove.Portal.Ui.Icons;

namespace Optimove.Portal.Ui.Badges;

/// <summary>The states of a campaign and of its occurrences, as a person reads them.</summary>
public enum Status
{
    Draft, Scheduled, Locked, Preparing, Pushing, Sent, Measuring, Closed, Held, Missed, Incomplete, Cancelled,
}

/// <summary>How a check of a connection or a launch came out.</summary>
public enum Check
{
    /// <summary>Fails, and the launch may not happen.</summary>
    Stops,
    /// <summary>Fails, and somebody outside the portal must act.</summary>
    Blocked,
    LookAtIt, Good, Works, Waiting,
}

/// <summary>What a campaign's numbers say.</summary>
public enum Verdict { Proven, NotProven, NoVerdict }

/// <summary>Icon, class and word of each state: always all three.</summary>
public static class StatusLook
{
    public static (Glyph Glyph, string Css, string Word) Of(Status status) => status switch
    {
        Status.Draft => (Glyph.Pen, "draft", "Draft"),
        Status.Scheduled => (Glyph.Calendar, "", "Scheduled"),
        Status.Locked => (Glyph.Lock, "", "Locked"),
        Status.Preparing => (Glyph.List, "busy", "Preparing"),
        Status.Pushing => (Glyph.ArrowUp, "busy", "Pushing"),
        Status.Sent => (Glyph.Tick, "good", "Sent"),
        Status.Measuring => (Glyph.Chart, "busy", "Measuring"),
        Status.Closed => (Glyph.Flag, "off", "Closed"),
        Status.Held => (Glyph.Pause, "warn", "Held"),
        Status.Missed => (Glyph.ClockX, "bad", "Missed"),
        Status.Incomplete => (Glyph.HalfDisc, "warn", "Incomplete"),
        Status.Cancelled => (Glyph.Barred, "off", "Cancelled"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static (Glyph Glyph, string Css, string Word) Of(Check check) => check switch
    {
        Check.Stops => (Glyph.XCircle, "bad", "Stops the launch"),
        Check.Blocked => (Glyph.XCircle, "bad", "Blocked"),
        Check.LookAtIt => (Glyph.Warn, "warn", "Look at it"),
        Check.Good => (Glyph.TickCircle, "good", "Good"),
        Check.Works => (Glyph.TickCircle, "good", "Works"),
        Check.Waiting => (Glyph.Clock, "", "Waiting"),
        _ => throw new ArgumentOutOfRangeException(nameof(check), check, null),
    };

    public static (Glyph Glyph, string Css, string Word) Of(Verdict verdict) => verdict switch
    {
        Verdict.Proven => (Glyph.TickCircle, "good", "Proven"),
        Verdict.NotProven => (Glyph.HalfDisc, "", "Not proven"),
        Verdict.NoVerdict => (Glyph.XCircle, "bad", "No verdict"),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };
}
