using System.Text.Unicode;

namespace Optimove.Portal.Customers.Import.Csv;

/// <summary>What <see cref="RowReader.TryRead"/> found.</summary>
internal enum RowState { Row, Damaged, NeedMore, End }

/// <summary>A field of the current row: where its content lies in the buffer, without the quotes around it.</summary>
internal readonly record struct FieldSpan(int Start, int Length, bool Quoted, bool Escaped);

/// <summary>Cuts a file of any size into RFC 4180 rows in constant memory. Damage costs the physical line on which the damaged row begins,
/// nothing after it; a quote inside an unquoted field is a character like any other.</summary>
internal sealed class RowReader(FileBytes file)
{
    /// <summary>Most bytes of a row.</summary>
    public const int MaxRow = 1 << 20;
    /// <summary>Most columns of a file; PostgreSQL's limit for a table.</summary>
    public const int MaxColumns = 1600;
    private const int ReadSize = 256 << 10;
    private readonly byte[] _buffer = new byte[MaxRow + ReadSize + 2];
    private readonly int[] _marks = new int[MaxRow + ReadSize + 2];
    private readonly FieldSpan[] _fields = new FieldSpan[MaxColumns + 1];
    private byte _delimiter;
    private int _start, _end, _mark, _markCount, _rowStart, _rowEnd;
    private long _nextLine = 1;
    private bool _ended, _skipping;

    /// <summary>Number of the physical line on which the current row begins, from 1.</summary>
    public long Line { get; private set; }
    /// <summary>Fields of the current row; beyond <see cref="MaxColumns"/> they are counted but not kept.</summary>
    public int FieldCount { get; private set; }
    /// <summary>Why the current row is damaged.</summary>
    public ImportFault Damage { get; private set; }
    /// <summary>True when everything in the buffer is valid UTF-8 without NUL, so that rows need no check of their own.</summary>
    public bool Clean { get; private set; }
    public ReadOnlySpan<byte> Raw => _buffer.AsSpan(_rowStart, _rowEnd - _rowStart);
    public ReadOnlySpan<FieldSpan> Fields => _fields.AsSpan(0, Math.Min(FieldCount, MaxColumns + 1));
    public ReadOnlySpan<byte> Buffer => _buffer;

    /// <summary>Reads on after <see cref="RowState.NeedMore"/>.</summary>
    public async ValueTask FillAsync(CancellationToken cancellation)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_end, _start) = (_end - _start, 0);
        var target = Math.Min(_end + ReadSize, _buffer.Length - 1);
        while (_end < target && !_ended)
        {
            var read = await file.ReadAsync(_buffer.AsMemory(_end, target - _end), cancellation);
            _end += read;
            _ended = read == 0;
        }
        if (_ended && _end > 0 && _buffer[_end - 1] != '\n')
            _buffer[_end++] = (byte)'\n';
        var bytes = _buffer.AsSpan(0, _end);
        if (_delimiter == 0)
            _delimiter = Marks.Delimiter(bytes);
        _markCount = Marks.Find(bytes, _delimiter, _marks);
        _mark = 0;
        var whole = bytes[..(bytes.LastIndexOf((byte)'\n') + 1)];
        Clean = Utf8.IsValid(whole) && !whole.Contains((byte)0);
        if (_skipping)
            SkipLine();
    }

    /// <summary>Moves to the next row that is not blank.</summary>
    public RowState TryRead()
    {
        while (_start < _end)
        {
            var state = Split();
            if (state != RowState.Row)
                return state;
            if (!Raw.IsEmpty)
                return RowState.Row;
        }
        return _ended ? RowState.End : RowState.NeedMore;
    }

    private RowState Split()
    {
        int mark = _mark, start = _start, count = 0;
        long lines = 1;
        while (mark < _markCount)
        {
            var at = _marks[mark++];
            var kind = _buffer[at];
            var field = new FieldSpan(start, at - start, false, false);
            if (kind == '"')
            {
                if (at != start)
                    continue;
                var close = FindClose(ref mark, ref lines, out var escaped);
                if (close < 0)
                    return Unfinished(ImportFault.UnclosedQuote);
                field = new(at + 1, close - at - 1, true, escaped);
                if (!EndsField(close + 1, ref mark, out at))
                    return close + 2 < _end && HasLine() ? Damaged(ImportFault.TextAfterQuote) : Unfinished(ImportFault.TextAfterQuote);
                kind = _buffer[at];
            }
            else if (kind == '\n' && at > start && _buffer[at - 1] == '\r')
                field = field with { Length = field.Length - 1 };
            if (count <= MaxColumns)
                _fields[count] = field;
            count++;
            start = at + 1;
            if (kind == '\n')
                return Accept(at, mark, count, lines);
        }
        return Unfinished(ImportFault.UnclosedQuote);
    }

    private RowState Accept(int lineFeed, int mark, int count, long lines)
    {
        if (lineFeed - _start > MaxRow)
            return Damaged(ImportFault.RowTooLong);
        (_rowStart, _rowEnd) = (_start, lineFeed > _start && _buffer[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed);
        (_start, _mark, FieldCount) = (lineFeed + 1, mark, count);
        Line = _nextLine;
        _nextLine += lines;
        return RowState.Row;
    }

    /// <summary>The closing quote of the field whose opening quote was just passed, or -1 when the buffer ends before it.</summary>
    private int FindClose(ref int mark, ref long lines, out bool escaped)
    {
        escaped = false;
        while (mark < _markCount)
        {
            var at = _marks[mark++];
            if (_buffer[at] == '\n')
                lines++;
            if (_buffer[at] != '"')
                continue;
            if (mark == _markCount || _marks[mark] != at + 1 || _buffer[at + 1] != '"')
                return at;
            escaped = true;
            mark++;
        }
        return -1;
    }

    /// <summary>Whether a delimiter or line end stands at the offset; <paramref name="at"/> is then its mark.</summary>
    private bool EndsField(int offset, ref int mark, out int at)
    {
        at = mark < _markCount ? _marks[mark] : -1;
        var ends = at == offset || (at == offset + 1 && _buffer[at] == '\n' && _buffer[offset] == '\r');
        if (ends)
            mark++;
        return ends;
    }

    private bool HasLine() => _buffer.AsSpan(_start, _end - _start).Contains((byte)'\n');

    private RowState Unfinished(ImportFault fault) =>
        _end - _start > MaxRow ? Damaged(ImportFault.RowTooLong) : _ended ? Damaged(fault) : RowState.NeedMore;

    private RowState Damaged(ImportFault fault)
    {
        Damage = fault;
        Line = _nextLine;
        _rowStart = _start;
        SkipLine();
        _rowEnd = _skipping ? _start : _start - 1;
        FieldCount = 0;
        return RowState.Damaged;
    }

    private void SkipLine()
    {
        while (_mark < _markCount && _buffer[_marks[_mark]] != '\n')
            _mark++;
        _skipping = _mark == _markCount;
        _start = _skipping ? _end : _marks[_mark++] + 1;
        if (!_skipping)
            _nextLine++;
    }
}
