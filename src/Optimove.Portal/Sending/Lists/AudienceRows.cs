using System.Buffers;
using System.Buffers.Binary;

namespace Optimove.Portal.Sending.Lists;

/// <summary>Whole rows of customers in one pooled buffer, as PostgreSQL's binary COPY sends them: id, address, a boolean
/// (https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format").</summary>
internal sealed class AudienceRows(byte[] bytes, int length) : IDisposable
{
    /// <summary>How many of the bytes belong to whole rows, and whether the end of the data follows them.</summary>
    public static (int Length, bool IsEnd) WholeRows(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; ;)
        {
            if (bytes.Length - at < 2) return (at, false);
            if (BinaryPrimitives.ReadInt16BigEndian(bytes[at..]) < 0) return (at, true);
            var next = at + 2;
            for (var field = 0; field < 3; field++)
            {
                if (bytes.Length - next < 4) return (at, false);
                next += 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(bytes[next..]));
            }
            if (next > bytes.Length) return (at, false);
            at = next;
        }
    }

    public Reader Read() => new(bytes.AsSpan(0, length));

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);

    public ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public ReadOnlySpan<byte> Customer { get; private set; }
        /// <summary>As it was imported, without the spaces around it.</summary>
        public ReadOnlySpan<byte> Address { get; private set; }
        public bool HasAddress { get; private set; }
        public bool Flag { get; private set; }

        public bool Next()
        {
            if (_rest.IsEmpty) return false;
            _rest = _rest[2..];
            Customer = Field(out _);
            Address = Field(out var isNull).Trim((byte)' ');
            HasAddress = !isNull;
            Flag = Field(out _)[0] != 0;
            return true;
        }

        private ReadOnlySpan<byte> Field(out bool isNull)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(_rest);
            isNull = length < 0;
            var field = _rest.Slice(4, Math.Max(0, length));
            _rest = _rest[(4 + field.Length)..];
            return field;
        }
    }
}
