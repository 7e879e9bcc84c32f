using System.Buffers;
using System.Buffers.Binary;

namespace Optimove.Portal.Sending.Lists;

/// <summary>A batch of audience rows packed into one pooled buffer, so that a list of any size costs a few buffers.</summary>
internal sealed class AudienceRows : IDisposable
{
    private const int Size = 256 * 1024;
    private const ushort Absent = ushort.MaxValue;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Size);
    private int _length;

    /// <summary>Where the next row's parts may be written, or false when the batch is full.</summary>
    public bool HasRoom => _length < Size / 2;

    public Span<byte> Free(int needed)
    {
        if (_bytes.Length - _length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_length + needed + Size);
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        return _bytes.AsSpan(_length);
    }

    public void Add(ReadOnlySpan<byte> customer, ReadOnlySpan<byte> address, bool hasAddress, int flags)
    {
        var free = Free(customer.Length + address.Length + 5);
        BinaryPrimitives.WriteUInt16LittleEndian(free, (ushort)customer.Length);
        customer.CopyTo(free[2..]);
        var at = 2 + customer.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(free[at..], hasAddress ? (ushort)address.Length : Absent);
        address.CopyTo(free[(at + 2)..]);
        at += 2 + address.Length;
        free[at] = (byte)flags;
        _length += at + 1;
    }

    public Reader Read() => new(_bytes.AsSpan(0, _length));

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    public ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public ReadOnlySpan<byte> Customer { get; private set; }
        public ReadOnlySpan<byte> Address { get; private set; }
        public bool HasAddress { get; private set; }
        public int Flags { get; private set; }

        public bool Next()
        {
            if (_rest.IsEmpty) return false;
            var length = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
            Customer = _rest.Slice(2, length);
            _rest = _rest[(2 + length)..];
            var address = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
            HasAddress = address != Absent;
            Address = HasAddress ? _rest.Slice(2, address) : default;
            _rest = _rest[(2 + Address.Length)..];
            Flags = _rest[0];
            _rest = _rest[1..];
            return true;
        }
    }
}
