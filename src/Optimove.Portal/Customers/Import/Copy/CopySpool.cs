using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Optimove.Portal.Customers.Import.Copy;

/// <summary>Rows in binary COPY format kept in a temporary file until the connection is free for them; nothing is kept of an unused one.</summary>
internal sealed class CopySpool : IDisposable
{
    private FileStream? _file;

    public long Rows { get; private set; }

    /// <summary>Begins a row of so many fields.</summary>
    public void BeginRow(short fields)
    {
        _file ??= new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 64 << 10,
            Options = FileOptions.DeleteOnClose, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        Rows++;
        Span<byte> count = stackalloc byte[2];
        BinaryPrimitives.WriteInt16BigEndian(count, fields);
        _file.Write(count);
    }

    public void Write(int value) => WriteNumber(value, 4);

    public void Write(long value) => WriteNumber(value, 8);

    public void Write(string? text)
    {
        Span<byte> word = stackalloc byte[4];
        if (text is null)
        {
            BinaryPrimitives.WriteInt32BigEndian(word, -1);
            _file!.Write(word);
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32BigEndian(word, bytes.Length);
        _file!.Write(word);
        _file.Write(bytes);
    }

    /// <summary>Fields that are encoded already, length words included.</summary>
    public void WriteEncoded(ReadOnlySpan<byte> fields) => _file!.Write(fields);

    public async Task CopyAsync(NpgsqlConnection connection, string copy, CancellationToken cancellation)
    {
        await using var target = await connection.BeginRawBinaryCopyAsync(copy, cancellation);
        try
        {
            await target.WriteAsync(CopyFormat.Header, cancellation);
            if (_file is not null)
            {
                _file.Position = 0;
                await _file.CopyToAsync(target, 256 << 10, cancellation);
            }
            await target.WriteAsync(CopyFormat.Trailer, cancellation);
        }
        catch
        {
            await target.CancelAsync();
            throw;
        }
    }

    public void Dispose() => _file?.Dispose();

    private void WriteNumber(long value, int size)
    {
        Span<byte> bytes = stackalloc byte[12];
        BinaryPrimitives.WriteInt32BigEndian(bytes, size);
        BinaryPrimitives.WriteInt64BigEndian(bytes[4..], size == 8 ? value : value << 32);
        _file!.Write(bytes[..(4 + size)]);
    }
}
