using System.Buffers;

namespace Optimove.Portal.PartnerApi.Catalogue;

/// <summary>
/// An answer before it goes out, in pooled pieces, so that its length is known: clients read Content-Length without looking whether it is there,
/// and a page of 10,000 rows must not become one large array.
/// </summary>
public sealed class AnswerBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Piece = 64 * 1024;
    private readonly List<(byte[] Bytes, int Used)> _full = [];
    private byte[] _current = ArrayPool<byte>.Shared.Rent(4096);
    private int _used;
    private long _before;

    public long Length => _before + _used;

    public void Advance(int count) => _used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_current.Length - _used < Math.Max(sizeHint, 1)) Next(sizeHint);
        return _current.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public async Task CopyToAsync(Stream target, CancellationToken cancellation)
    {
        foreach (var (bytes, used) in _full) await target.WriteAsync(bytes.AsMemory(0, used), cancellation);
        await target.WriteAsync(_current.AsMemory(0, _used), cancellation);
    }

    public void Dispose()
    {
        foreach (var (bytes, _) in _full) ArrayPool<byte>.Shared.Return(bytes);
        _full.Clear();
        if (_current.Length > 0) ArrayPool<byte>.Shared.Return(_current);
        (_current, _used) = ([], 0);
    }

    private void Next(int sizeHint)
    {
        _full.Add((_current, _used));
        _before += _used;
        (_current, _used) = (ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, Piece)), 0);
    }
}
