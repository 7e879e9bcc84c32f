using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Optimove.Portal.Sending.Lists;

/// <summary>
/// Decides each customer's fate and writes it in PostgreSQL's binary COPY format
/// (https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format").
/// </summary>
internal sealed class RecipientWriter(Stream output, ListPlan plan, Standings standings, Chunks chunks)
{
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private const int Columns = 4, LongestAddress = 320;
    private static readonly byte[] Null = [0xFF, 0xFF, 0xFF, 0xFF];
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(" \t\r\n\"<>(),;:\\"u8);

    private readonly byte[] _noAddress = Field(plan.By.NoAddress), _badAddress = Field(plan.By.BadAddress), _optedOut = Field(plan.By.OptedOut),
        _sameAddress = Field(plan.By.SameAddress), _noApp = Field(plan.By.NoApp);
    private readonly bool _isEmail = plan.By.IsEmail;
    private readonly ArrayBufferWriter<byte> _buffer = new(1024 * 1024);
    private int _considered, _excluded, _control;

    public ListCounts Counts => new(_considered, _excluded, _control);

    public async Task BeginAsync(CancellationToken cancellation) => await output.WriteAsync(Header, cancellation);

    public void Write(AudienceRows rows)
    {
        EncodeAll(rows);
        output.Write(_buffer.WrittenSpan);
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
        if (!row.HasAddress || row.Address.IsEmpty) Exclude(row.Customer, row.Address, _noAddress);
        else if (_isEmail ? !IsAddress(row.Address) : row.Address.Length > LongestAddress) Exclude(row.Customer, row.Address, _badAddress);
        else Encode(row, standings.Of(row.Customer));
    }

    private void Encode(in AudienceRows.Reader row, Standing standing)
    {
        if (standing == Standing.OptedOut) Exclude(row.Customer, row.Address, _optedOut);
        else if (row.Flag) Exclude(row.Customer, row.Address, _noApp);
        else if (standing == Standing.Double) Exclude(row.Customer, row.Address, _sameAddress);
        else Draw(row.Customer, row.Address);
    }

    private void Draw(ReadOnlySpan<byte> customer, ReadOnlySpan<byte> address)
    {
        if (plan.Assignment.IsControl(customer))
        {
            _control++;
            Write(customer, address, Null, 0);
        }
        else Write(customer, address, Null, chunks.Next());
    }

    private void Exclude(ReadOnlySpan<byte> customer, ReadOnlySpan<byte> address, byte[] reason)
    {
        _excluded++;
        Write(customer, address, reason, 0);
    }

    private void Write(ReadOnlySpan<byte> customer, ReadOnlySpan<byte> address, byte[] reason, int chunk)
    {
        Int16(Columns);
        if (chunk == 0) Raw(Null);
        else
        {
            Int32(4);
            Int32(chunk);
        }
        Raw(reason);
        Int32(customer.Length);
        Raw(customer);
        if (address.IsEmpty) Raw(Null);
        else
        {
            Int32(address.Length);
            Normalise(address, _buffer.GetSpan(address.Length));
            _buffer.Advance(address.Length);
        }
    }

    // One @ with something before it and a dotted domain after it; the provider has the last word.
    private static bool IsAddress(ReadOnlySpan<byte> address)
    {
        var at = address.IndexOf((byte)'@');
        if (at <= 0 || address.Length > LongestAddress || address.ContainsAny(Forbidden)) return false;
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

    // One mailbox is one address, however it was typed; letters beyond ASCII stay as they are.
    // A key is what it is.
    private ReadOnlySpan<byte> Normalise(ReadOnlySpan<byte> address, Span<byte> lower)
    {
        lower = lower[..address.Length];
        if (!_isEmail)
        {
            address.CopyTo(lower);
            return lower;
        }
        if (Ascii.ToLower(address, lower, out _) != OperationStatus.Done)
            for (var i = 0; i < address.Length; i++) lower[i] = address[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(address[i] | 0x20) : address[i];
        return lower;
    }

    private void Raw(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);
}

/// <summary>Numbers the chunks of a list that several write at the same time: all but the last are full.</summary>
internal sealed class Chunks(int size)
{
    private int _sent;

    /// <returns>The chunk of the next recipient, from 1.</returns>
    public int Next() => (Interlocked.Increment(ref _sent) - 1) / size + 1;
}
