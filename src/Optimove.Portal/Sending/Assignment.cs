using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Optimove.Portal.Sending;

/// <summary>Draws who is held back as control: u = first 8 bytes (big-endian) of HMAC-SHA-256(tenant key, "campaign|salt|customer" in
/// UTF-8) / 2^64, control when u &lt; share. The same customer draws the same u for ever, on any machine; a larger share only adds
/// people. Safe for several threads.</summary>
/// <param name="key">The tenant's secret key.</param>
/// <param name="campaign">The campaign's id, without '|'.</param>
/// <param name="salt">The execution date for a fresh draw per occurrence, or empty for a control that stays over a campaign's life; without '|'.</param>
/// <param name="share">Planned control share, 0 to 1.</param>
public sealed class Assignment(byte[] key, string campaign, string salt, double share)
{
    private const double TwoTo64 = 18446744073709551616.0;
    private const int OnStack = 512;

    private readonly KeyedHash hmac = new(key);
    private readonly byte[] prefix = Encoding.UTF8.GetBytes($"{campaign}|{salt}|");
    private readonly UInt128 threshold = (UInt128)Math.Ceiling(Math.Clamp(share, 0, 1) * TwoTo64);

    /// <summary>Whether the customer is held back.</summary>
    public bool IsControl(ReadOnlySpan<char> customer) => DrawBits(customer) < threshold;

    /// <summary>Whether the customer, whose id is given in UTF-8, is held back.</summary>
    public bool IsControl(ReadOnlySpan<byte> customer) => DrawBits(customer) < threshold;

    /// <summary>The customer's u, 0 to 1.</summary>
    public double Draw(ReadOnlySpan<char> customer) => DrawBits(customer) / TwoTo64;

    private ulong DrawBits(ReadOnlySpan<char> customer)
    {
        var longest = prefix.Length + Encoding.UTF8.GetMaxByteCount(customer.Length);
        Span<byte> text = longest <= OnStack ? stackalloc byte[OnStack] : new byte[longest];
        prefix.CopyTo(text);
        var length = Encoding.UTF8.GetBytes(customer, text[prefix.Length..]);
        return Hash(text[..(prefix.Length + length)]);
    }

    private ulong DrawBits(ReadOnlySpan<byte> customer)
    {
        var length = prefix.Length + customer.Length;
        Span<byte> text = length <= OnStack ? stackalloc byte[OnStack] : new byte[length];
        prefix.CopyTo(text);
        customer.CopyTo(text[prefix.Length..]);
        return Hash(text[..length]);
    }

    private ulong Hash(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hmac.Hash(text, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
