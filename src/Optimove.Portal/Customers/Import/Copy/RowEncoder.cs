using System.Buffers.Binary;
using System.Text.Unicode;
using Optimove.Portal.Customers.Import.Csv;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Import.Copy;

/// <summary>Checks rows and encodes them for binary COPY; a row with any fault goes to the rejects, one whose key may have come before to the suspects.</summary>
/// <param name="keys">Null when keys may repeat.</param>
/// <param name="withLine">Each row begins with its line (int8) and its raw text.</param>
internal sealed class RowEncoder(RowReader reader, FileLayout layout, RejectLog rejects, KeyFilter? keys, bool withLine) : IDisposable
{
    private const int Chunk = 256 << 10;
    private const int FixedRoom = 24;
    private const int MostRaw = 8000;
    /// <summary>What a buffer must hold: a chunk and the longest row behind it.</summary>
    public const int BufferSize = Chunk + RowReader.MaxRow + RowReader.MaxColumns * FixedRoom + 2 * MostRaw;
    private readonly ImportColumn?[] _columns = layout.Columns;
    private readonly FieldPlan[] _plan = [.. layout.Columns.Select(FieldPlan.For)];
    private readonly int _keyColumns = layout.Filled.Count(c => c.Key);
    private readonly short _fieldCount = (short)(layout.Filled.Count + (withLine ? 2 : 0));
    private readonly long[] _empty = new long[layout.Columns.Length];
    private readonly byte[] _key = new byte[2 * (ImportColumn.IdLength * 4 + 4)];
    private Int128 _rowSum, _sum;

    /// <summary>Rows whose key the filter knew: line, raw text, then the fields.</summary>
    public CopySpool Suspects { get; } = new();
    public long RowsRead { get; private set; }
    public long RowsEncoded { get; private set; }
    public decimal Sum => (decimal)_sum / 10_000;

    public IReadOnlyList<ColumnReport> FillRates() =>
        [.. _columns.Select((c, i) => (c, i)).Where(x => x.c is not null)
            .Select(x => new ColumnReport(x.c!.Field, RowsEncoded == 0 ? 0 : 1 - (double)_empty[x.i] / RowsEncoded))];

    /// <summary>Encodes rows until the buffer has a chunk (<see cref="RowState.Row"/>) or the reader has no whole row left.</summary>
    public RowState Encode(byte[] buffer, ref int length)
    {
        while (length < Chunk)
        {
            var state = reader.TryRead();
            if (state is RowState.NeedMore or RowState.End)
                return state;
            RowsRead++;
            if (state == RowState.Damaged)
                rejects.Add(reader.Line, null, reader.Damage, reader.Raw);
            else
                length = EncodeRow(buffer, length);
        }
        return RowState.Row;
    }

    public void Dispose() => Suspects.Dispose();

    /// <summary>Where the next row begins: behind this one when it was accepted, else at its own start.</summary>
    private int EncodeRow(byte[] buffer, int start)
    {
        var fields = reader.Fields;
        if (reader.FieldCount != _columns.Length)
            return Reject(null, reader.FieldCount < _columns.Length ? ImportFault.TooFewFields : ImportFault.TooManyFields, start);
        if (!reader.Clean && FindUnclean() is var (badColumn, fault) && fault != ImportFault.None)
            return Reject(badColumn, fault, start);
        BinaryPrimitives.WriteInt16BigEndian(buffer.AsSpan(start), _fieldCount);
        var first = start + 2 + (withLine ? WriteLine(buffer.AsSpan(start + 2)) : 0);
        fault = EncodeFields(fields, buffer.AsSpan(first), out var length, out var last);
        var encoded = buffer.AsSpan(first, length);
        if (fault != ImportFault.None)
        {
            ForgetEmpty(encoded, last);
            return Reject(_columns[last], fault, start);
        }
        if (keys is not null && keys.AddAndSayIfKnown(Key(encoded)))
        {
            ForgetEmpty(encoded, _columns.Length);
            Suspect(encoded);
            return start;
        }
        RowsEncoded++;
        _sum += _rowSum;
        return first + length;
    }

    /// <summary>Encodes one field after the other until one has a fault; it is then at <paramref name="last"/>.</summary>
    private ImportFault EncodeFields(ReadOnlySpan<FieldSpan> fields, Span<byte> into, out int length, out int last)
    {
        var source = reader.Buffer;
        var plan = _plan;
        _rowSum = 0;
        length = 0;
        for (last = 0; last < plan.Length; last++)
        {
            ref readonly var column = ref plan[last];
            if (column.Ignored)
                continue;
            ref readonly var field = ref fields[last];
            var text = source.Slice(field.Start, field.Length);
            if (column.Type != AttributeType.Text && !text.IsEmpty && (text[0] == ' ' || text[^1] == ' '))
                text = text.Trim((byte)' ');
            if (text.IsEmpty && (!field.Quoted || column.Type != AttributeType.Text || column.Required))
            {
                if (column.Required)
                    return ImportFault.Missing;
                BinaryPrimitives.WriteInt32BigEndian(into[length..], -1);
                length += 4;
                _empty[last]++;
                continue;
            }
            var fault = EncodeField(in column, text, field.Escaped, into[length..], out var written);
            if (fault != ImportFault.None)
                return fault;
            length += written;
        }
        return ImportFault.None;
    }

    private ImportFault EncodeField(in FieldPlan column, ReadOnlySpan<byte> text, bool escaped, Span<byte> into, out int written)
    {
        written = 8;
        switch (column.Type)
        {
            case AttributeType.Text:
                var fault = TextField.Write(text, escaped, column.MostCharacters, into, out written);
                return fault == ImportFault.None && column.Channel ? TextField.CheckChannel(into[4..written]) : fault;
            case AttributeType.Integer:
                return NumberField.WriteInteger(text, into);
            case AttributeType.Date:
                return TimeField.WriteDate(text, into);
            case AttributeType.Decimal:
                return EncodeDecimal(column.Summed, text, into, out written);
            case AttributeType.Boolean:
                written = 5;
                return NumberField.WriteBoolean(text, into);
            default:
                written = 12;
                return TimeField.WriteTimestamp(text, into);
        }
    }

    private ImportFault EncodeDecimal(bool summed, ReadOnlySpan<byte> text, Span<byte> into, out int written)
    {
        written = 0;
        var fault = NumberField.ReadDecimal(text, out var value, out var negative);
        if (fault != ImportFault.None)
            return fault;
        written = NumberField.WriteDecimal(value, negative, into);
        if (summed)
            _rowSum += negative ? -(Int128)value : value;
        return ImportFault.None;
    }

    private (ImportColumn?, ImportFault) FindUnclean()
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var text = reader.Buffer.Slice(reader.Fields[i].Start, reader.Fields[i].Length);
            if (!Utf8.IsValid(text))
                return (_columns[i], ImportFault.InvalidUtf8);
            if (text.Contains((byte)0))
                return (_columns[i], ImportFault.ContainsNul);
        }
        return (null, ImportFault.None);
    }

    private int Reject(ImportColumn? column, ImportFault fault, int start)
    {
        rejects.Add(reader.Line, column, fault, reader.Raw);
        return start;
    }

    private void Suspect(ReadOnlySpan<byte> fields)
    {
        Suspects.BeginRow((short)(_fieldCount + 2));
        Suspects.Write(reader.Line);
        Suspects.Write(RejectLog.Text(reader.Raw));
        Suspects.WriteEncoded(fields);
    }

    private int WriteLine(Span<byte> into)
    {
        BinaryPrimitives.WriteInt32BigEndian(into, 8);
        BinaryPrimitives.WriteInt64BigEndian(into[4..], reader.Line);
        var raw = reader.Raw[..Math.Min(reader.Raw.Length, MostRaw)];
        while (raw.Length == MostRaw && reader.Raw.Length > MostRaw && (reader.Raw[raw.Length] & 0xC0) == 0x80)
            raw = raw[..^1];
        return 12 + WriteWhole(raw, into[12..]);
    }

    private static int WriteWhole(ReadOnlySpan<byte> text, Span<byte> into)
    {
        TextField.Write(text, escaped: false, most: int.MaxValue, into, out var written);
        return written;
    }

    /// <summary>The encoded key fields, length words included, so that ("ab","c") differs from ("a","bc").</summary>
    private ReadOnlySpan<byte> Key(ReadOnlySpan<byte> fields)
    {
        var (length, left) = (0, _keyColumns);
        for (var i = 0; left > 0; i++)
        {
            if (_plan[i].Ignored)
                continue;
            var size = 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(fields));
            if (_plan[i].Key)
            {
                fields[..size].CopyTo(_key.AsSpan(length));
                length += size;
                left--;
            }
            fields = fields[size..];
        }
        return _key.AsSpan(0, length);
    }

    /// <summary>Takes back what a row that was not accepted added to the counts of empty fields, from its first columns as encoded.</summary>
    private void ForgetEmpty(ReadOnlySpan<byte> fields, int columns)
    {
        for (var i = 0; i < columns; i++)
        {
            if (_plan[i].Ignored)
                continue;
            var size = BinaryPrimitives.ReadInt32BigEndian(fields);
            _empty[i] -= size < 0 ? 1 : 0;
            fields = fields[(4 + Math.Max(0, size))..];
        }
    }

    /// <summary>What the loop over fields needs of a column, close together.</summary>
    private readonly record struct FieldPlan
    {
        public AttributeType Type { get; init; }
        public int MostCharacters { get; init; }
        public bool Ignored { get; init; }
        public bool Required { get; init; }
        public bool Key { get; init; }
        public bool Summed { get; init; }
        public bool Channel { get; init; }

        public static FieldPlan For(ImportColumn? column) => column is null
            ? new() { Ignored = true }
            : new() { Type = column.Type, MostCharacters = column.Length ?? int.MaxValue, Required = column.Required, Key = column.Key, Summed = column.Summed, Channel = column.Channel };
    }
}
