using System.Buffers.Binary;

namespace Optimove.Portal.Customers.Import.Copy;

/// <summary>Numbers and booleans from UTF-8 to PostgreSQL's binary format, length word included.</summary>
internal static class NumberField
{
    /// <summary>Writes 8 bytes.</summary>
    public static ImportFault WriteInteger(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var digits = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        if (digits.IsEmpty)
            return ImportFault.NotWholeNumber;
        long value = 0;
        foreach (var b in digits)
        {
            var digit = (uint)(b - '0');
            if (digit > 9)
                return ImportFault.NotWholeNumber;
            value = Math.Min(value * 10 + digit, 1L << 40);
        }
        if (text[0] == '-')
            value = -value;
        if (value is < int.MinValue or > int.MaxValue)
            return ImportFault.WholeNumberRange;
        BinaryPrimitives.WriteInt64BigEndian(into, 4L << 32 | (uint)(int)value);
        return ImportFault.None;
    }

    /// <summary>Reads a number with at most 15 digits before the point and 4 after it, exactly, as ten-thousandths.</summary>
    public static ImportFault ReadDecimal(ReadOnlySpan<byte> text, out ulong tenThousandths, out bool negative)
    {
        tenThousandths = 0;
        negative = text is [(byte)'-', ..];
        int at = text is [(byte)'+' or (byte)'-', ..] ? 1 : 0, digits = 0, places = -1;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                digits++;
                if (places >= 0 && ++places > 4)
                {
                    if (digit != 0)
                        return ImportFault.DecimalPlaces;
                    continue;
                }
                tenThousandths = tenThousandths * 10 + digit;
                if (places < 0 && tenThousandths > 999_999_999_999_999)
                    return ImportFault.DecimalRange;
            }
            else if (text[at] == '.' && places < 0)
                places = 0;
            else
                return text[at] is (byte)',' or (byte)'\'' or (byte)' ' && digits > 0 ? ImportFault.DecimalSeparator : ImportFault.NotDecimal;
        }
        if (digits == 0)
            return ImportFault.NotDecimal;
        for (var missing = 4 - Math.Clamp(places, 0, 4); missing > 0; missing--)
            tenThousandths *= 10;
        return ImportFault.None;
    }

    /// <summary>Writes at most 22 bytes: base-10,000 digits, of which the last is the fraction.</summary>
    public static int WriteDecimal(ulong tenThousandths, bool negative, Span<byte> into)
    {
        // The last group is the fraction, of weight -1; zero groups at both ends are left out.
        var (whole, fraction) = Math.DivRem(tenThousandths, 10_000);
        var weight = Weight(whole);
        var (low, high) = (fraction != 0 ? -1 : 0, weight);
        while (low <= high && fraction == 0 && whole % 10_000 == 0)
        {
            whole /= 10_000;
            low++;
        }
        var count = high - low + 1;
        for (var i = count - 1; i >= 0; i--)
        {
            var group = fraction;
            if (high - i >= 0)
                (whole, group) = Math.DivRem(whole, 10_000);
            BinaryPrimitives.WriteUInt16BigEndian(into[(12 + 2 * i)..], (ushort)group);
        }
        BinaryPrimitives.WriteInt32BigEndian(into, 8 + 2 * count);
        BinaryPrimitives.WriteInt16BigEndian(into[4..], (short)count);
        BinaryPrimitives.WriteInt16BigEndian(into[6..], (short)(count == 0 ? 0 : high));
        BinaryPrimitives.WriteInt16BigEndian(into[8..], negative && count > 0 ? (short)0x4000 : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(into[10..], 4);
        return 12 + 2 * count;
    }

    /// <summary>Base-10,000 exponent of the first digit of a whole number; -1 for 0.</summary>
    private static int Weight(ulong whole) => whole switch
    {
        0 => -1,
        < 10_000 => 0,
        < 100_000_000 => 1,
        < 1_000_000_000_000 => 2,
        _ => 3,
    };

    /// <summary>Writes 5 bytes.</summary>
    public static ImportFault WriteBoolean(ReadOnlySpan<byte> text, Span<byte> into)
    {
        BinaryPrimitives.WriteInt32BigEndian(into, 1);
        if (text.Length == 1)
        {
            into[4] = text[0] is (byte)'1' or (byte)'t' or (byte)'T' or (byte)'y' or (byte)'Y' ? (byte)1 : (byte)0;
            return into[4] == 1 || text[0] is (byte)'0' or (byte)'f' or (byte)'F' or (byte)'n' or (byte)'N' ? ImportFault.None : ImportFault.NotBoolean;
        }
        into[4] = Is(text, "true"u8) || Is(text, "yes"u8) ? (byte)1 : (byte)0;
        return into[4] == 1 || Is(text, "false"u8) || Is(text, "no"u8) ? ImportFault.None : ImportFault.NotBoolean;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(text, word);
}
