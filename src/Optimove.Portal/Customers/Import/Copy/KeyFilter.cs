using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Optimove.Portal.Customers.Import.Copy;

/// <summary>Remembers keys in fixed memory (a blocked Bloom filter of at most 64 MB): never forgets one, and now and then takes a new one
/// for known, so whoever asks checks exactly.</summary>
internal sealed class KeyFilter
{
    private readonly ulong[] _words;
    private readonly int _shift;
    private readonly ulong _seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    /// <param name="fileSize">Bytes of the unpacked file, if known; with the columns it tells about how many rows there are. A usual row gets 32 bits or more,
    /// and no more than that, so that the filter stays in the processor's cache.</param>
    public KeyFilter(long? fileSize, int columns)
    {
        var bytes = (ulong)Math.Clamp((fileSize ?? 1L << 30) / (2 + columns), 64 << 10, 64 << 20);
        var words = BitOperations.RoundUpToPowerOf2(bytes) / 8;
        _words = new ulong[words];
        _shift = 64 - BitOperations.Log2(words);
    }

    /// <summary>False when the key surely was not added before.</summary>
    public bool AddAndSayIfKnown(ReadOnlySpan<byte> key)
    {
        var hash = Hash(key);
        var mask = Bits(hash);
        ref var word = ref _words[hash >> _shift];
        ref var neighbour = ref _words[(int)(hash >> _shift) ^ 1 + (int)(hash & 3)];
        var mask2 = Bits(hash * 0x9E3779B97F4A7C15);
        var known = (word & mask) == mask && (neighbour & mask2) == mask2;
        word |= mask;
        neighbour |= mask2;
        return known;
    }

    private static ulong Bits(ulong hash) =>
        1UL << (int)(hash >> 2 & 63) | 1UL << (int)(hash >> 8 & 63) | 1UL << (int)(hash >> 14 & 63) | 1UL << (int)(hash >> 20 & 63);

    private ulong Hash(ReadOnlySpan<byte> key)
    {
        var hash = _seed ^ (ulong)key.Length;
        for (; key.Length >= 8; key = key[8..])
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(key));
        ulong rest = 0;
        foreach (var b in key)
            rest = rest << 8 | b;
        return Mix(Mix(hash ^ rest) + 0x9E3779B97F4A7C15);
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value ^ 0xA0761D6478BD642F, 0xE7037ED1A0B428DB, out var low);
        return high ^ low;
    }
}
