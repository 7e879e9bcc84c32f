using System.Net;
using System.Text;

namespace Optimove.Portal.Sending.DryRun;

/// <summary>A body that is passed on as it is written, its beginning kept and the rest counted, however long it is.</summary>
internal sealed class BodyTap : HttpContent
{
    private readonly HttpContent _inner;
    private readonly Sieve _sieve = new();

    public BodyTap(HttpContent inner)
    {
        _inner = inner;
        foreach (var (name, values) in inner.Headers) Headers.TryAddWithoutValidation(name, values);
    }

    public long Size => _sieve.Bytes;

    public BodyText Text(SecretMask mask) => _sieve.Text(mask);

    /// <summary>The beginning of a body that is in memory.</summary>
    public static BodyText TextOf(byte[] body, SecretMask mask)
    {
        using var sieve = new Sieve();
        sieve.Write(body);
        return sieve.Text(mask);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => _inner.CopyToAsync(new Both(stream, _sieve), context, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Sieve : MemoryStream
    {
        private const int Kept = 4_000;
        private long _characters;

        public long Bytes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Bytes += buffer.Length;
            // In UTF-8 the bytes 10xxxxxx go on with a character, all others begin one.
            foreach (var one in buffer)
                if ((one & 0xC0) != 0x80) _characters++;
            base.Write(buffer[..(int)Math.Min(buffer.Length, Kept - Length)]);
        }

        public BodyText Text(SecretMask mask)
        {
            var text = Encoding.UTF8.GetString(GetBuffer(), 0, (int)Length).TrimEnd('\uFFFD');
            return new(mask.Hide(text), Math.Max(0, _characters - text.EnumerateRunes().Count()));
        }
    }

    private sealed class Both(Stream target, Sieve sieve) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            sieve.Write(buffer);
            target.Write(buffer);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            sieve.Write(buffer.Span);
            return target.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => target.Flush();
        public override Task FlushAsync(CancellationToken cancellationToken) => target.FlushAsync(cancellationToken);
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
