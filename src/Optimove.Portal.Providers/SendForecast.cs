namespace Optimove.Portal.Providers;

/// <summary>
/// When a list goes out that is handed over as fast as its account's pace allows and no faster, and how to split it where that is too
/// late. Right to about one in a hundred when no other campaign uses the account in that time; otherwise the earliest it can be.
/// </summary>
/// <param name="Recipients">Of the whole list, after exclusions.</param>
/// <param name="Begin">The send time: when the first recipient is to get it.</param>
/// <param name="Lead">How long before the send time the list is handed over (<see cref="ProviderInfo.HandOverLead"/>).</param>
public sealed record SendForecast(SendPace Pace, int Recipients, DateTimeOffset Begin, TimeSpan Lead = default)
{
    /// <summary>Whether the list is within what the pace lets go out in one stretch.</summary>
    public bool Fits => Recipients <= Pace.Recipients;

    /// <summary>When the last recipient gets it; the send time itself where the lead suffices for everybody.</summary>
    public DateTimeOffset LastAt => LastOf(Recipients, Begin);

    /// <summary>From the first recipient to the last.</summary>
    public TimeSpan Takes => LastAt - Begin;

    /// <summary>
    /// The fewest parts that each fit, as even as can be, each beginning one stretch of the pace after the one before it, so that no two
    /// of them share a stretch. One part, the list itself, when it fits.
    /// </summary>
    public IReadOnlyList<SendPart> Parts
    {
        get
        {
            var count = Math.Max(1, (int)(((long)Recipients + Pace.Recipients - 1) / Pace.Recipients));
            var (size, larger) = Math.DivRem(Recipients, count);
            return [.. Enumerable.Range(0, count).Select(i =>
            {
                var (recipients, begin) = (size + (i < larger ? 1 : 0), Begin + i * Pace.Per);
                return new SendPart(i + 1, recipients, begin, LastOf(recipients, begin));
            })];
        }
    }

    private DateTimeOffset LastOf(int recipients, DateTimeOffset begin)
    {
        var handedOver = begin - Lead + new TimeSpan((long)((Int128)Pace.Per.Ticks * recipients / Pace.Recipients));
        return handedOver > begin ? handedOver : begin;
    }
}

/// <summary>One part of a list that was too large for its account's pace.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Begin">Its own send time.</param>
/// <param name="LastAt">When its last recipient gets it.</param>
public sealed record SendPart(int Number, int Recipients, DateTimeOffset Begin, DateTimeOffset LastAt);
