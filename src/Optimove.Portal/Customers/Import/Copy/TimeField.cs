using System.Buffers.Binary;

namespace Optimove.Portal.Customers.Import.Copy;

/// <summary>Dates and instants from UTF-8 to PostgreSQL's binary format, length word included. Years 1 to 9999.</summary>
internal static class TimeField
{
    private const int EpochDay = 730_119; // days from 0001-01-01 to 2000-01-01, PostgreSQL's zero
    private const long MicrosecondsADay = 86_400_000_000;
    private const long FirstInstant = -EpochDay * MicrosecondsADay;
    private const long EndOfInstants = (3_652_059L - EpochDay) * MicrosecondsADay;

    /// <summary>Writes 8 bytes; only yyyy-MM-dd is a date.</summary>
    public static ImportFault WriteDate(ReadOnlySpan<byte> text, Span<byte> into)
    {
        if (text.Length != 10)
            return LooksOtherWay(text) ? ImportFault.DayFirstDate : ImportFault.NotDate;
        var fault = ReadDay(text, out var day);
        BinaryPrimitives.WriteInt64BigEndian(into, 4L << 32 | (uint)day);
        return fault;
    }

    /// <summary>Writes 12 bytes; ISO 8601 with T or a space, with an offset or in UTC, or a date alone for its midnight.
    /// Digits beyond microseconds are cut off.</summary>
    public static ImportFault WriteTimestamp(ReadOnlySpan<byte> text, Span<byte> into)
    {
        if (text.Length < 10)
            return ImportFault.NotTimestamp;
        var fault = ReadDay(text[..10], out var day);
        if (fault != ImportFault.None)
            return fault == ImportFault.NotDate ? ImportFault.NotTimestamp : fault;
        long time = 0;
        if (text.Length > 10)
        {
            fault = text[10] is (byte)'T' or (byte)'t' or (byte)' ' ? ReadTime(text[11..], out time) : ImportFault.NotTimestamp;
            if (fault != ImportFault.None)
                return fault;
        }
        var instant = day * MicrosecondsADay + time;
        BinaryPrimitives.WriteInt32BigEndian(into, 8);
        BinaryPrimitives.WriteInt64BigEndian(into[4..], instant);
        return instant is >= FirstInstant and < EndOfInstants ? ImportFault.None : ImportFault.NoSuchDate;
    }

    private static bool LooksOtherWay(ReadOnlySpan<byte> text) =>
        text is [>= (byte)'0' and <= (byte)'9', ..] && text.ContainsAny("/."u8);

    private static ImportFault ReadDay(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        text = text[..10];
        if (text[4] != '-' || text[7] != '-')
            return LooksOtherWay(text) || text[2] == '-' && text[5] == '-' ? ImportFault.DayFirstDate : ImportFault.NotDate;
        int year = Two(text, 0) * 100 + Two(text, 2), month = Two(text, 5), dayOfMonth = Two(text, 8);
        if (year < 0 || (month | dayOfMonth) < 0)
            return ImportFault.NotDate;
        if (year == 0 || month is 0 or > 12 || dayOfMonth == 0 || (dayOfMonth > 28 && dayOfMonth > DateTime.DaysInMonth(year, month)))
            return ImportFault.NoSuchDate;
        var (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9);
        day = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + dayOfMonth - 307 - EpochDay;
        return ImportFault.None;
    }

    /// <summary>HH:mm[:ss[.f...]] and an offset; gives microseconds since midnight UTC, which an offset may take below 0 or past a day.</summary>
    private static ImportFault ReadTime(ReadOnlySpan<byte> text, out long time)
    {
        time = 0;
        if (text.Length < 5 || text[2] != ':')
            return ImportFault.NotTimestamp;
        int hour = Digits(text[..2]), minute = Digits(text[3..5]), second = 0;
        var rest = text[5..];
        long fraction = 0;
        if (rest is [(byte)':', ..])
        {
            second = rest.Length < 3 ? -1 : Digits(rest[1..3]);
            rest = rest[Math.Min(3, rest.Length)..];
            if (rest is [(byte)'.', ..] && !ReadFraction(ref rest, out fraction))
                return ImportFault.NotTimestamp;
        }
        if ((hour | minute | second) < 0 || !ReadOffset(rest, out var offset))
            return ImportFault.NotTimestamp;
        if (hour > 23 || minute > 59 || second > 59 || offset is < -15 * 60 or > 15 * 60)
            return ImportFault.NoSuchTime;
        time = ((hour * 60L + minute - offset) * 60 + second) * 1_000_000 + fraction;
        return ImportFault.None;
    }

    private static bool ReadFraction(ref ReadOnlySpan<byte> rest, out long microseconds)
    {
        microseconds = 0;
        var at = 1;
        for (; at < rest.Length && rest[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            if (at <= 6)
                microseconds = microseconds * 10 + (rest[at] - '0');
        }
        for (var missing = at; missing <= 6; missing++)
            microseconds *= 10;
        rest = rest[at..];
        return at is > 1 and <= 10;
    }

    /// <summary>Nothing, Z, or ±HH[[:]mm]; in minutes.</summary>
    private static bool ReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty || text is [(byte)'Z' or (byte)'z'])
            return true;
        var (hours, past) = text switch
        {
            [_, _, _] => (Digits(text[1..]), 0),
            [_, _, _, _, _] => (Digits(text[1..3]), Digits(text[3..])),
            [_, _, _, (byte)':', _, _] => (Digits(text[1..3]), Digits(text[4..])),
            _ => (-1, -1),
        };
        minutes = (hours * 60 + past) * (text[0] == '-' ? -1 : 1);
        return text[0] is (byte)'+' or (byte)'-' && (hours | past) >= 0 && past < 60;
    }

    /// <summary>Two digits, or so far below 0 that no other two make up for it.</summary>
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)(text[at] - '0'), ones = (uint)(text[at + 1] - '0');
        return tens <= 9 && ones <= 9 ? (int)(tens * 10 + ones) : -10_000;
    }

    /// <summary>The number, or -1 when a byte is no digit.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
                return -1;
            value = value * 10 + (b - '0');
        }
        return value;
    }
}
