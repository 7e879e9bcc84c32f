using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Customers.Import.Csv;

namespace Optimove.Portal.Tests.Customers.Import;

/// <summary>The vector splitter against a plain one that looks at a byte at a time, across the border between two reads.</summary>
public sealed class RowReaderTests(ImportDatabase database) : IClassFixture<ImportDatabase>
{
    private const int ReadSize = 256 << 10;
    private static readonly byte[] Alphabet = [.. "a,\"\n\r ;"u8, 0xC3, 0xA9, 0x00, .. "\"\n,a"u8];

    [Fact]
    public void Any_bytes_split_as_a_plain_reader_splits_them()
    {
        var cases = from bytes in Gen.Elements(Alphabet).ArrayOf() from before in Gen.Choose(0, 80) select (bytes, before);
        Check(cases, 1000, async c =>
        {
            byte[] file = [.. Enumerable.Repeat((byte)'x', ReadSize - c.before), (byte)'\n', .. c.bytes];
            Assert.Equal(Plain(file), await SplitAsync(file));
        });
    }

    [Fact]
    public async Task Any_bytes_reconcile_and_none_break_the_import()
    {
        var tenant = await database.TenantAsync();
        Check(Gen.Elements(Alphabet).ArrayOf(), 60, async bytes =>
            await tenant.ImportAsync(ImportKind.Customers, [.. "customer_id,name\nsure,\n"u8, .. bytes], r => r with { OnReject = reject => Assert.NotEmpty(reject.Reason) }));
    }

    private static void Check<T>(Gen<T> gen, int tests, Func<T, Task> body) =>
        Prop.ForAll(gen.ToArbitrary(), value => body(value).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(120));

    private static async Task<List<string>> SplitAsync(byte[] file)
    {
        await using var bytes = await FileBytes.OpenAsync(new MemoryStream(file), CancellationToken.None);
        var reader = new RowReader(bytes);
        var rows = new List<string>();
        while (true)
        {
            switch (reader.TryRead())
            {
                case RowState.End:
                    return rows;
                case RowState.NeedMore:
                    await reader.FillAsync(CancellationToken.None);
                    break;
                case RowState.Damaged:
                    rows.Add($"{reader.Line} {reader.Damage} {Encoding.Latin1.GetString(reader.Raw)}");
                    break;
                default:
                    rows.Add($"{reader.Line} {Fields(reader)}");
                    break;
            }
        }
    }

    private static string Fields(RowReader reader)
    {
        var texts = new List<string>();
        foreach (var field in reader.Fields)
            texts.Add((field.Quoted ? "q" : "u") + Encoding.Latin1.GetString(reader.Buffer.Slice(field.Start, field.Length)));
        return string.Join('|', texts);
    }

    private static List<string> Plain(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        if (text.Length > 0 && text[^1] != '\n')
            text += "\n";
        var rows = new List<string>();
        var line = 1;
        for (var at = 0; at < text.Length;)
        {
            var (end, fields, damage) = PlainRow(text, at);
            var lineEnd = text.IndexOf('\n', at);
            if (damage != ImportFault.None)
                rows.Add($"{line} {damage} {text[at..lineEnd]}");
            else if (text[at..end].TrimEnd('\n') is not ("" or "\r"))
                rows.Add($"{line} {string.Join('|', fields)}");
            end = damage == ImportFault.None ? end : lineEnd + 1;
            line += text[at..end].Count(c => c == '\n');
            at = end;
        }
        return rows;
    }

    private static (int End, List<string> Fields, ImportFault Damage) PlainRow(string text, int at)
    {
        var fields = new List<string>();
        while (true)
        {
            int stop;
            if (text[at] == '"')
            {
                for (stop = at + 1; stop < text.Length && (text[stop] != '"' || (stop + 1 < text.Length && text[stop + 1] == '"')); stop++)
                    stop += text[stop] == '"' ? 1 : 0;
                if (stop >= text.Length)
                    return (0, fields, ImportFault.UnclosedQuote);
                fields.Add("q" + text[(at + 1)..stop]);
                stop++;
                if (text[stop] == '\r' && text[stop + 1] == '\n')
                    stop++;
                if (text[stop] is not (',' or '\n'))
                    return (0, fields, ImportFault.TextAfterQuote);
            }
            else
            {
                stop = text.IndexOfAny([',', '\n'], at);
                fields.Add("u" + (text[stop] == '\n' && stop > at && text[stop - 1] == '\r' ? text[at..(stop - 1)] : text[at..stop]));
            }
            at = stop + 1;
            if (text[stop] == '\n')
                return (at, fields, ImportFault.None);
        }
    }
}
