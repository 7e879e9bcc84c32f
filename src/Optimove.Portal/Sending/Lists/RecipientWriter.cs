using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Optimove.Portal.Sending.Lists;

/// <summary>
/// Decides each customer's fate and writes it in PostgreSQL's binary COPY format
/// (https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format").
/// </summary>
internal sealed class RecipientWriter(Stream output, int occurrenceId, int chunkSize, Assignment assignment)
{
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private const int Columns = 6;
    private static readonly byte[] Send = Field("send"), Control = Field("control"), Excluded = Field("excluded");
    private static readonly byte[] NoAddress = Field(Exclusion.NoAddress), BadAddress = Field(Exclusion.BadAddress),
        OptedOut = Field(Exclusion.OptedOut), SameMailbox = Field(Exclusion.SameMailbox);
    private static readonly byte[] Null = [0xFF, 0xFF, 0xFF, 0xFF];
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(" \t\r\n\"<>(),;:\\"u8);

    private readonly ArrayBufferWriter<byte> _buffer = new(1024 * 1024);
    private int _considered, _excluded, _control, _sent;

    public ListCounts Counts => new(_considered, _excluded, _control);

    public async Task BeginAsync(CancellationToken cancellation) => await output.WriteAsync(Header, cancellation);

    public async Task WriteAsync(AudienceRows rows, CancellationToken cancellation)
    {
        EncodeAll(rows);
        await output.WriteAsync(_buffer.WrittenMemory, cancellation);
        _buffer.ResetWrittenCount();
    }

    public async Task EndAsync(CancellationToken cancellation)
    {
        await output.WriteAsync(new byte[] { 0xFF, 0xFF }, cancellation);
        await output.FlushAsync(cancellation);
    }

    private void EncodeAll(AudienceRows rows)
    {
        var reader = rows.Read();
        while (reader.Next()) Encode(reader);
    }

    private void Encode(in AudienceRows.Reader row)
    {
        _considered++;
        var (fate, reason) = Decide(row);
        var chunk = 0;
        if (fate == Excluded) _excluded++;
        else if (fate == Control) _control++;
        else chunk = _sent++ / chunkSize + 1;
        Int16(Columns);
        Int32(4);
        Int32(occurrenceId);
        if (chunk == 0) Raw(Null);
        else
        {
            Int32(4);
            Int32(chunk);
        }
        Raw(fate);
        Raw(reason);
        Int32(row.Customer.Length);
        Raw(row.Customer);
        if (row.HasAddress)
        {
            Int32(row.Address.Length);
            Raw(row.Address);
        }
        else Raw(Null);
    }

    private (byte[] Fate, byte[] Reason) Decide(in AudienceRows.Reader row)
    {
        if (!row.HasAddress || row.Address.IsEmpty) return (Excluded, NoAddress);
        if (!IsAddress(row.Address)) return (Excluded, BadAddress);
        if ((row.Flags & 1) != 0) return (Excluded, OptedOut);
        if ((row.Flags & 2) != 0) return (Excluded, SameMailbox);
        return assignment.IsControl(row.Customer) ? (Control, Null) : (Send, Null);
    }

    // One @ with something before it and a dotted domain after it; the provider has the last word.
    private static bool IsAddress(ReadOnlySpan<byte> address)
    {
        var at = address.IndexOf((byte)'@');
        if (at <= 0 || address.Length > 320 || address.ContainsAny(Forbidden)) return false;
        var domain = address[(at + 1)..];
        var dot = domain.LastIndexOf((byte)'.');
        return dot > 0 && dot < domain.Length - 1 && domain.IndexOf((byte)'@') < 0;
    }

    private static byte[] Field(string text)
    {
        var bytes = new byte[4 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - 4);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(4));
        return bytes;
    }

    private void Int16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.GetSpan(2), value);
        _buffer.Advance(2);
    }

    private void Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    private void Raw(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);
}
