using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optimove.Portal.Twins.MailChimp.Lists;

/// <summary>A set of a list's members, one bit each.</summary>
[JsonConverter(typeof(Converter))]
public sealed class MemberSet
{
    private ulong[] _bits = [];

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _bits) count += BitOperations.PopCount(word);
            return count;
        }
    }

    public bool Contains(int member) => member >> 6 < _bits.Length && (_bits[member >> 6] & (1UL << member)) != 0;

    /// <summary>False when the member was in the set before.</summary>
    public bool Add(int member)
    {
        if (member >> 6 >= _bits.Length) Array.Resize(ref _bits, Math.Max((member >> 6) + 1, _bits.Length * 2));
        ref var word = ref _bits[member >> 6];
        var bit = 1UL << member;
        if ((word & bit) != 0) return false;
        word |= bit;
        return true;
    }

    /// <summary>False when the member was not in the set.</summary>
    public bool Remove(int member)
    {
        if (!Contains(member)) return false;
        _bits[member >> 6] &= ~(1UL << member);
        return true;
    }

    public void Clear() => _bits = [];

    public int CountWith(MemberSet other)
    {
        var count = 0;
        for (var i = 0; i < Math.Min(_bits.Length, other._bits.Length); i++) count += BitOperations.PopCount(_bits[i] & other._bits[i]);
        return count;
    }

    /// <summary>A new set of those in both.</summary>
    public MemberSet With(MemberSet other)
    {
        var both = new MemberSet { _bits = new ulong[Math.Min(_bits.Length, other._bits.Length)] };
        for (var i = 0; i < both._bits.Length; i++) both._bits[i] = _bits[i] & other._bits[i];
        return both;
    }

    /// <summary>The members in the order of their places.</summary>
    public IEnumerable<int> Members()
    {
        for (var i = 0; i < _bits.Length; i++)
            for (var word = _bits[i]; word != 0; word &= word - 1)
                yield return (i << 6) + BitOperations.TrailingZeroCount(word);
    }

    private sealed class Converter : JsonConverter<MemberSet>
    {
        public override MemberSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new() { _bits = MemoryMarshal.Cast<byte, ulong>(reader.GetBytesFromBase64()).ToArray() };

        public override void Write(Utf8JsonWriter writer, MemberSet value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes(value._bits.AsSpan()));
    }
}
