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
        Span<short> groups = stackalloc short[5];
        int weight = -1, last = -1;
        for (var i = 4; i >= 0; i--)
        {
            (tenThousandths, var group) = Math.DivRem(tenThousandths, 10_000);
            groups[i] = (short)group;
            if (group != 0)
                (weight, last) = (3 - i, Math.Max(last, i));
        }
        var count = last < 0 ? 0 : last - (3 - weight) + 1;
        var length = 8 + 2 * count;
        BinaryPrimitives.WriteInt32BigEndian(into, length);
        BinaryPrimitives.WriteInt16BigEndian(into[4..], (short)count);
        BinaryPrimitives.WriteInt16BigEndian(into[6..], (short)(count == 0 ? 0 : weight));
        BinaryPrimitives.WriteInt16BigEndian(into[8..], negative && count > 0 ? (short)0x4000 : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(into[10..], 4);
        for (var i = 0; i < count; i++)
            BinaryPrimitives.WriteInt16BigEndian(into[(12 + 2 * i)..], groups[3 - weight + i]);
        return 4 + length;
    }

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
