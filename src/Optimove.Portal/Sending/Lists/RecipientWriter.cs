using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Optimove.Portal.Sending.Lists;

/// <summary>
/// Decides each customer's fate and writes it in PostgreSQL's binary COPY format
/// (https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format").
/// </summary>
internal sealed class RecipientWriter(Stream output, ListPlan plan)
{
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private const int Columns = 6, LongestAddress = 320;
    private static readonly byte[] Send = Field("send"), Control = Field("control"), Excluded = Field("excluded");
    private static readonly byte[] Null = [0xFF, 0xFF, 0xFF, 0xFF];
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(" \t\r\n\"<>(),;:\\"u8);

    private readonly byte[] _noAddress = Field(plan.By.NoAddress), _badAddress = Field(plan.By.BadAddress), _optedOut = Field(plan.By.OptedOut),
        _sameAddress = Field(plan.By.SameAddress), _noApp = Field(plan.By.NoApp);
    private readonly bool _isEmail = plan.By.IsEmail;
    private readonly ArrayBufferWriter<byte> _buffer = new(1024 * 1024);
    private readonly Dictionary<string, byte[]> _shared = new(StringComparer.Ordinal);
    private int _considered, _excluded, _control, _sent;

    public ListCounts Counts => new(_considered, _excluded, _control);

    public async Task BeginAsync(CancellationToken cancellation) => await output.WriteAsync(Header, cancellation);

    public async Task WriteAsync(AudienceRows rows, CancellationToken cancellation)
    {
        EncodeAll(rows);
        await output.WriteAsync(_buffer.WrittenMemory, cancellation);
        _buffer.ResetWrittenCount();
    }

    /// <summary>Writes the one customer of each shared mailbox who stands for it, and the end.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        foreach (var (address, customer) in _shared) Draw(customer, Encoding.UTF8.GetBytes(address));
        await output.WriteAsync(_buffer.WrittenMemory, cancellation);
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
        else if ((row.Flags & 1) != 0) Exclude(row.Customer, row.Address, _optedOut);
        else if ((row.Flags & 4) != 0) Exclude(row.Customer, row.Address, _noApp);
        else if ((row.Flags & 2) != 0) Share(row.Customer, row.Address);
        else Draw(row.Customer, row.Address);
    }

    // Of those who share a mailbox the first by id stands for it; as long as the list is read, an earlier one may come.
    private void Share(ReadOnlySpan<byte> customer, ReadOnlySpan<byte> address)
    {
        Span<byte> lower = stackalloc byte[LongestAddress];
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_shared, Encoding.UTF8.GetString(Normalise(address, lower)), out _);
        if (first is null) first = customer.ToArray();
        else if (customer.SequenceCompareTo(first) < 0)
        {
            Exclude(first, address, _sameAddress);
            first = customer.ToArray();
        }
        else Exclude(customer, address, _sameAddress);
    }

    private void Draw(ReadOnlySpan<byte> customer, ReadOnlySpan<byte> address)
    {
        if (plan.Assignment.IsControl(customer))
        {
            _control++;
            Write(customer, address, Control, Null, 0);
        }
        else Write(customer, address, Send, Null, _sent++ / plan.ChunkSize + 1);
    }

    private void Exclude(ReadOnlySpan<byte> customer, ReadOnlySpan<byte> address, byte[] reason)
    {
        _excluded++;
        Write(customer, address, Excluded, reason, 0);
    }

    private void Write(ReadOnlySpan<byte> customer, ReadOnlySpan<byte> address, byte[] fate, byte[] reason, int chunk)
    {
        Int16(Columns);
        Int32(4);
        Int32(plan.OccurrenceId);
        if (chunk == 0) Raw(Null);
        else
        {
            Int32(4);
            Int32(chunk);
        }
        Raw(fate);
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
