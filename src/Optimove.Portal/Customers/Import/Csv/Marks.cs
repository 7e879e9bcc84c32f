using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Optimove.Portal.Customers.Import.Csv;

/// <summary>Finds the bytes that give a CSV its structure.</summary>
internal static class Marks
{
    /// <summary>Writes the offsets of every delimiter, quote and line feed in rising order and returns how many there are;
    /// <paramref name="marks"/> must be as long as <paramref name="bytes"/>.</summary>
    public static int Find(ReadOnlySpan<byte> bytes, byte delimiter, Span<int> marks)
    {
        var (delimiters, quotes, feeds) = (Vector512.Create(delimiter), Vector512.Create((byte)'"'), Vector512.Create((byte)'\n'));
        ref var first = ref MemoryMarshal.GetReference(bytes);
        int count = 0, at = 0;
        for (; at <= bytes.Length - Vector512<byte>.Count; at += Vector512<byte>.Count)
        {
            var block = Vector512.LoadUnsafe(ref first, (nuint)at);
            var hits = (Vector512.Equals(block, delimiters) | Vector512.Equals(block, quotes) | Vector512.Equals(block, feeds)).ExtractMostSignificantBits();
            for (; hits != 0; hits &= hits - 1)
                marks[count++] = at + BitOperations.TrailingZeroCount(hits);
        }
        for (; at < bytes.Length; at++)
        {
            if (bytes[at] == delimiter || bytes[at] is (byte)'"' or (byte)'\n')
                marks[count++] = at;
        }
        return count;
    }

    /// <summary>The delimiter that a header uses most outside quotes: comma, semicolon or tab; comma when it has none.</summary>
    public static byte Delimiter(ReadOnlySpan<byte> bytes)
    {
        int commas = 0, semicolons = 0, tabs = 0;
        var quoted = false;
        foreach (var b in bytes)
        {
            if (b == '"')
                quoted = !quoted;
            else if (quoted)
                continue;
            else if (b == '\n')
                break;
            else if (b == ',')
                commas++;
            else if (b == ';')
                semicolons++;
            else if (b == '\t')
                tabs++;
        }
        return semicolons > commas && semicolons >= tabs ? (byte)';' : tabs > commas ? (byte)'\t' : (byte)',';
    }
}
