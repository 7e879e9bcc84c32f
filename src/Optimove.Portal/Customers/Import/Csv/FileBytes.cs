using System.IO.Compression;
using System.Security.Cryptography;

namespace Optimove.Portal.Customers.Import.Csv;

/// <summary>A client's file as UTF-8 bytes: decompressed when gzip, without byte order mark, counted and hashed as it was sent.</summary>
internal sealed class FileBytes : IAsyncDisposable
{
    private readonly TappedStream _tap;
    private readonly Stream _content;
    private byte[] _ahead;

    private FileBytes(TappedStream tap, Stream content, byte[] ahead) => (_tap, _content, _ahead) = (tap, content, ahead);

    /// <summary>Bytes of the file as sent that have been read so far.</summary>
    public long BytesRead => _tap.BytesRead;

    public bool IsCompressed => _content != _tap;

    public static async Task<FileBytes> OpenAsync(Stream source, CancellationToken cancellation)
    {
        var tap = new TappedStream(source);
        var start = await PeekAsync(tap, cancellation);
        if (start is not [0x1F, 0x8B, ..])
            return new(tap, tap, AfterMark(start));
        tap.PutBack(start);
        var unpacked = new GZipStream(tap, CompressionMode.Decompress, leaveOpen: true);
        return new(tap, unpacked, AfterMark(await Guarded(PeekAsync(unpacked, cancellation))));
    }

    /// <summary>Fills at most the given memory; 0 at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellation)
    {
        if (_ahead.Length > 0)
        {
            var taken = Math.Min(_ahead.Length, into.Length);
            _ahead.AsSpan(0, taken).CopyTo(into.Span);
            _ahead = _ahead[taken..];
            return taken;
        }
        return await Guarded(_content.ReadAsync(into, cancellation).AsTask());
    }

    /// <summary>SHA-256 of the whole file as sent, in hexadecimal; reads what is left of it.</summary>
    public Task<string> HashAsync(CancellationToken cancellation) => Guarded(_tap.HashAsync(cancellation));

    public async ValueTask DisposeAsync()
    {
        if (_content != _tap)
            await _content.DisposeAsync();
        await _tap.DisposeAsync();
    }

    private static async Task<byte[]> PeekAsync(Stream stream, CancellationToken cancellation)
    {
        var start = new byte[4];
        return start[..await Guarded(stream.ReadAtLeastAsync(start, 4, throwOnEndOfStream: false, cancellation).AsTask())];
    }

    private static byte[] AfterMark(byte[] start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => start[3..],
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => throw new RefusedException("The file is UTF-16. Save it as UTF-8 and send it again."),
        [(byte)'P', (byte)'K', 3, 4] => throw new RefusedException("The file is a zip archive or a workbook. Send it as CSV, plain or gzip."),
        [0x1F, 0x8B, ..] => throw new RefusedException("The file is compressed twice. Compress it once."),
        _ => start,
    };

    private static async Task<T> Guarded<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (InvalidDataException)
        {
            throw new RefusedException("The compressed file is damaged or cut off. Nothing was imported.");
        }
        catch (IOException e)
        {
            throw new RefusedException($"The file could not be read to its end ({e.Message}). Nothing was imported.");
        }
    }

    private sealed class TappedStream(Stream source) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private byte[] _back = [];

        public long BytesRead { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void PutBack(byte[] bytes) => _back = bytes;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (TakeBack(buffer.Span) is var taken and > 0)
                return taken;
            var read = await source.ReadAsync(buffer, cancellationToken);
            return Seen(buffer.Span[..read]);
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (TakeBack(buffer.AsSpan(offset, count)) is var taken and > 0)
                return taken;
            return Seen(buffer.AsSpan(offset, source.Read(buffer, offset, count)));
        }

        public async Task<string> HashAsync(CancellationToken cancellation)
        {
            var rest = new byte[64 << 10];
            while (await ReadAsync(rest, cancellation) > 0)
                continue;
            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _hash.Dispose();
            base.Dispose(disposing);
        }

        private int TakeBack(Span<byte> into)
        {
            var taken = Math.Min(_back.Length, into.Length);
            _back.AsSpan(0, taken).CopyTo(into);
            _back = _back[taken..];
            return taken;
        }

        private int Seen(ReadOnlySpan<byte> bytes)
        {
            _hash.AppendData(bytes);
            BytesRead += bytes.Length;
            return bytes.Length;
        }
    }
}
