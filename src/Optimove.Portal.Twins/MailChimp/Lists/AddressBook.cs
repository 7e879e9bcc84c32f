using System.Security.Cryptography;
using System.Text;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Lists;

/// <summary>
/// A list's addresses in the order in which they came, each once, in lower case; about 40 bytes an address. A member is its place.
/// Adding needs the account's lock; reading a place that exists does not.
/// </summary>
public sealed class AddressBook
{
    private const int LongestAddress = 254;
    private byte[] _text = new byte[4096];
    private int[] _ends = new int[128];
    private int[] _byAddress = new int[256];
    private int[]? _byMd5;

    public int Count { get; private set; }

    /// <summary>The member's place, whether new or there before; -1 for what is no address.</summary>
    public int Add(ReadOnlySpan<byte> address)
    {
        Span<byte> lower = stackalloc byte[LongestAddress];
        if (!TryLower(address, lower, out var length)) return -1;
        lower = lower[..length];
        var slot = Probe(_byAddress, StableHash.Of(lower), lower, md5: false);
        if (slot >= 0) return _byAddress[slot] - 1;
        Append(lower);
        _byAddress[~slot] = Count;
        if (Count * 3 > _byAddress.Length * 2) _byAddress = Table(_byAddress.Length * 2, md5: false);
        _byMd5 = null;
        return Count - 1;
    }

    public int Add(string address) => Add(Encoding.UTF8.GetBytes(address));

    /// <summary>The member's place, or -1.</summary>
    public int Find(ReadOnlySpan<byte> address)
    {
        Span<byte> lower = stackalloc byte[LongestAddress];
        if (!TryLower(address, lower, out var length)) return -1;
        lower = lower[..length];
        var slot = Probe(_byAddress, StableHash.Of(lower), lower, md5: false);
        return slot >= 0 ? _byAddress[slot] - 1 : -1;
    }

    public int Find(string address) => Find(Encoding.UTF8.GetBytes(address));

    /// <summary>The place of the member whose address has this MD5 (32 hex digits), or -1.</summary>
    public int FindByMd5(string hex)
    {
        Span<byte> md5 = stackalloc byte[16];
        if (hex.Length != 32 || Convert.FromHexString(hex, md5, out _, out _) != System.Buffers.OperationStatus.Done) return -1;
        _byMd5 ??= Table(_byAddress.Length, md5: true);
        var slot = Probe(_byMd5, BitConverter.ToUInt64(md5), md5, md5: true);
        return slot >= 0 ? _byMd5[slot] - 1 : -1;
    }

    public ReadOnlySpan<byte> Utf8(int member)
    {
        var start = member == 0 ? 0 : _ends[member - 1];
        return _text.AsSpan(start, _ends[member] - start);
    }

    public string this[int member] => Encoding.UTF8.GetString(Utf8(member));

    /// <summary>The subscriber hash: the MD5 of the address in 32 lower-case hex digits.</summary>
    public void WriteMd5(int member, Span<byte> hex)
    {
        Span<byte> md5 = stackalloc byte[16];
        MD5.HashData(Utf8(member), md5);
        Convert.TryToHexStringLower(md5, hex, out _);
    }

    public string Md5(int member) => Convert.ToHexStringLower(MD5.HashData(Utf8(member)));

    private void Append(ReadOnlySpan<byte> address)
    {
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (start + address.Length > _text.Length) Array.Resize(ref _text, _text.Length * 2);
        if (Count == _ends.Length) Array.Resize(ref _ends, _ends.Length * 2);
        address.CopyTo(_text.AsSpan(start));
        _ends[Count] = start + address.Length;
        Count++;
    }

    private int[] Table(int size, bool md5)
    {
        var slots = new int[size];
        Span<byte> hash = stackalloc byte[16];
        for (var member = 0; member < Count; member++)
        {
            var address = Utf8(member);
            if (md5) MD5.HashData(address, hash);
            slots[~Probe(slots, md5 ? BitConverter.ToUInt64(hash) : StableHash.Of(address), md5 ? hash : address, md5)] = member + 1;
        }
        return slots;
    }

    /// <summary>The slot that holds the key, or the complement of the free slot where it belongs.</summary>
    private int Probe(int[] slots, ulong hash, ReadOnlySpan<byte> key, bool md5)
    {
        Span<byte> other = stackalloc byte[16];
        for (var slot = (int)(hash & (uint)(slots.Length - 1)); ; slot = (slot + 1) & (slots.Length - 1))
        {
            if (slots[slot] == 0) return ~slot;
            var address = Utf8(slots[slot] - 1);
            if (md5) MD5.HashData(address, other);
            if (key.SequenceEqual(md5 ? other : address)) return slot;
        }
    }

    private static bool TryLower(ReadOnlySpan<byte> address, Span<byte> lower, out int length)
    {
        length = address.Length;
        var at = address.IndexOf((byte)'@');
        if (length > LongestAddress || at <= 0 || at == length - 1) return false;
        for (var i = 0; i < length; i++) lower[i] = address[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(address[i] | 0x20) : address[i];
        return true;
    }
}
