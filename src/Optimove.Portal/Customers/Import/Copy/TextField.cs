using System.Buffers.Binary;

namespace Optimove.Portal.Customers.Import.Copy;

/// <summary>Text from UTF-8 to PostgreSQL's binary format, length word included.</summary>
internal static class TextField
{
    /// <summary>Writes at most 4 bytes more than the text has.</summary>
    public static ImportFault Write(ReadOnlySpan<byte> text, bool escaped, int most, Span<byte> into, out int written)
    {
        var content = into[4..];
        var length = text.Length;
        if (escaped)
            length = Unescape(text, content);
        else
            text.CopyTo(content);
        BinaryPrimitives.WriteInt32BigEndian(into, length);
        written = 4 + length;
        return length > most && Characters(content[..length]) > most ? ImportFault.TextTooLong : ImportFault.None;
    }

    /// <summary>Lower case in place; email, push or sms.</summary>
    public static ImportFault CheckChannel(Span<byte> content)
    {
        foreach (ref var b in content)
        {
            if (b is >= (byte)'A' and <= (byte)'Z')
                b |= 0x20;
        }
        return content.SequenceEqual("email"u8) || content.SequenceEqual("push"u8) || content.SequenceEqual("sms"u8)
            ? ImportFault.None : ImportFault.UnknownChannel;
    }

    /// <summary>Characters as PostgreSQL counts them: code points.</summary>
    public static int Characters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
        {
            if ((b & 0xC0) != 0x80)
                count++;
        }
        return count;
    }

    private static int Unescape(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var length = 0;
        for (var at = text.IndexOf((byte)'"'); at >= 0; at = text.IndexOf((byte)'"'))
        {
            text[..(at + 1)].CopyTo(into[length..]);
            length += at + 1;
            text = text[(at + 2)..];
        }
        text.CopyTo(into[length..]);
        return length + text.Length;
    }
}
