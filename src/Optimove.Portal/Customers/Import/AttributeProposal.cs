using System.Globalization;
using System.Text;
using Optimove.Portal.Customers.Import.Copy;
using Optimove.Portal.Customers.Import.Csv;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Import;

/// <summary>A column of a file as an attribute could have it. The fill rate is 0 to 1 of the rows read; samples are at most three different values.</summary>
public sealed record ProposedAttribute(string Header, string Field, AttributeType Type, int? Length, double FillRate, IReadOnlyList<string> Samples)
{
    /// <summary>The column names the customer and is no attribute.</summary>
    public bool IsKey => Field == "customer_id";
}

/// <summary>Proposes attributes from the first rows of a customers.csv, damaged rows left out. A type is proposed only when every value read fits it;
/// numbers that are more likely names of something (leading zeros, too long for an integer) stay text.</summary>
public static class AttributeProposal
{
    private static readonly int[] Lengths = [10, 20, 50, 100, 200, 255, 500, 1000, 2000, 4000];

    /// <summary>Reads at most so many rows of the stream and leaves it open.</summary>
    public static async Task<IReadOnlyList<ProposedAttribute>> ProposeAttributesAsync(Stream stream, CancellationToken cancellation, int mostRows = 5000)
    {
        await using var file = await FileBytes.OpenAsync(stream, cancellation);
        var reader = new RowReader(file);
        var columns = (await FileLayout.HeadersAsync(reader, cancellation)).Select(h => new Seen(h)).ToList();
        var rows = 0;
        while (rows < mostRows)
        {
            var state = reader.TryRead();
            if (state == RowState.End)
                break;
            if (state == RowState.NeedMore)
                await reader.FillAsync(cancellation);
            else if (state == RowState.Row && reader.FieldCount == columns.Count)
            {
                rows++;
                for (var i = 0; i < columns.Count; i++)
                    columns[i].Add(reader.Buffer.Slice(reader.Fields[i].Start, reader.Fields[i].Length), reader.Fields[i].Escaped);
            }
        }
        var taken = new HashSet<string>();
        return [.. columns.Select(c => c.Propose(rows, taken))];
    }

    private sealed class Seen(string header)
    {
        private readonly HashSet<string> _samples = [];
        private readonly HashSet<AttributeType> _possible = [AttributeType.Integer, AttributeType.Decimal, AttributeType.Boolean, AttributeType.Date, AttributeType.Timestamp];
        private int _filled, _longest;

        public void Add(ReadOnlySpan<byte> text, bool escaped)
        {
            if (text.IsEmpty)
                return;
            _filled++;
            _longest = Math.Max(_longest, TextField.Characters(text));
            _possible.RemoveWhere(RuledOut(text.Trim((byte)' ')));
            if (_samples.Count < 3)
                _samples.Add(escaped ? Encoding.UTF8.GetString(text).Replace("\"\"", "\"", StringComparison.Ordinal) : Encoding.UTF8.GetString(text));
        }

        public ProposedAttribute Propose(int rows, HashSet<string> taken)
        {
            var field = Free(FieldName.From(header), taken);
            AttributeType[] order = [AttributeType.Integer, AttributeType.Boolean, AttributeType.Date, AttributeType.Timestamp, AttributeType.Decimal];
            var type = _filled == 0 || field == "customer_id" ? AttributeType.Text : order.Where(_possible.Contains).FirstOrDefault(AttributeType.Text);
            var length = Lengths.FirstOrDefault(l => l >= _longest * 3 / 2, 10_000);
            return new(header, field, type, type == AttributeType.Text ? (_filled == 0 ? 100 : length) : null, rows == 0 ? 0 : (double)_filled / rows, [.. _samples]);
        }

        /// <summary>The types that the value rules out.</summary>
        private static Predicate<AttributeType> RuledOut(ReadOnlySpan<byte> text)
        {
            Span<byte> room = stackalloc byte[32];
            var digits = text.TrimStart("+-"u8);
            var name = digits.Length > 1 && digits[0] == '0' && digits[1] != '.';
            var whole = !name && NumberField.WriteInteger(text, room) == ImportFault.None;
            var exact = !name && NumberField.ReadDecimal(text, out _, out _) == ImportFault.None && (whole || text.Contains((byte)'.'));
            var boolean = NumberField.WriteBoolean(text, room) == ImportFault.None;
            var date = TimeField.WriteDate(text, room) == ImportFault.None;
            var time = TimeField.WriteTimestamp(text, room) == ImportFault.None;
            return type => !(type switch
            {
                AttributeType.Integer => whole,
                AttributeType.Decimal => exact,
                AttributeType.Boolean => boolean,
                AttributeType.Date => date,
                _ => time,
            });
        }

        private static string Free(string name, HashSet<string> taken)
        {
            var free = name;
            for (var i = 2; !taken.Add(free); i++)
                free = name[..Math.Min(name.Length, 56)] + "_" + i.ToString(CultureInfo.InvariantCulture);
            return free;
        }
    }
}
