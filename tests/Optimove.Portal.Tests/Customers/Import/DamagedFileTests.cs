using System.IO.Compression;
using System.Text;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;

namespace Optimove.Portal.Tests.Customers.Import;

public sealed class DamagedFileTests(ImportDatabase database) : IClassFixture<ImportDatabase>
{
    public static TheoryData<string, byte[], string[], string[]> Damage => new()
    {
        { "too few fields", B("customer_id,name\n1,a\n2\n3,c\n"), ["1", "3"], ["3|null|The row has fewer fields than the header."] },
        { "too many fields", B("customer_id,name\n1,a\n2,b,x\n3,c\n"), ["1", "3"], ["3|null|The row has more fields than the header."] },
        { "a quote never closed in the middle", B("customer_id,name\n1,a\n2,\"b\n3,c\n4,d\n"), ["1", "3", "4"], ["3|null|A quote is opened and never closed."] },
        { "a quote never closed in the last row", B("customer_id,name\n1,a\n2,\"b"), ["1"], ["3|null|A quote is opened and never closed."] },
        { "text after a closing quote", B("customer_id,name\n1,a\n2,\"b\"x\n3,c\n"), ["1", "3"], ["3|null|There is text after a closing quote. Write a quote inside a quoted field twice."] },
        { "two unclosed quotes", B("customer_id,name\n1,\"a\n2,\"b\n3,c\n"), ["3"],
            ["2|null|There is text after a closing quote. Write a quote inside a quoted field twice.", "3|null|A quote is opened and never closed."] },
        { "invalid UTF-8", [.. B("customer_id,name\n1,a\n2,b"), 0xC3, 0x28, .. B("\n3,c\n")], ["1", "3"], ["3|name|The text is not valid UTF-8."] },
        { "Latin-1", [.. B("customer_id,name\n1,M"), 0xFC, .. B("ller\n3,c\n")], ["3"], ["2|name|The text is not valid UTF-8."] },
        { "a NUL", B("customer_id,name\n1,a\n2,b\0b\n3,c\n"), ["1", "3"], ["3|name|The text contains a NUL character."] },
        { "blank lines", B("\n\ncustomer_id,name\n\n1,a\n\r\n2,b\n\n\n"), ["1", "2"], [] },
        { "a quote inside a field", B("customer_id,name\n1,5\" pipe\n2,b\n"), ["1", "2"], [] },
        { "an id beyond the index's reach", B("customer_id,name\n" + new string('x', 256) + ",a\n2,b\n"), ["2"], ["2|customer_id|The text is longer than 255 characters."] },
        { "CRLF and quotes", B("customer_id,name\r\n\"1\",\"a\r\nb\"\r\n2,\"c\"\r\n"), ["1", "2"], [] },
    };

    [Theory]
    [MemberData(nameof(Damage))]
    public async Task Damage_costs_its_own_row_only(string what, byte[] file, string[] loaded, string[] rejects)
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Customers, file);
        var (there, rejected) = (await tenant.RowsAsync("select customer_id from customers order by 1"), await tenant.RejectsAsync());
        Assert.Equal((what, string.Join(' ', loaded), string.Join('\n', rejects)), (what, string.Join(' ', there), string.Join('\n', rejected)));
    }

    [Theory]
    [InlineData(2_000_000, false)]
    [InlineData(2_000_000, true)]
    [InlineData(1_048_600, false)]
    [InlineData(1_048_600, true)]
    public async Task A_row_beyond_a_megabyte_is_rejected_and_the_next_one_is_read(int size, bool quoted)
    {
        var tenant = await database.TenantAsync();
        var quote = quoted ? "\"" : "";
        await tenant.ImportAsync(ImportKind.Customers, $"customer_id,name\n1,a\n2,{quote}{new string('x', size)}{quote}\n3,c\n");
        Assert.Equal(["1", "3"], await tenant.RowsAsync("select customer_id from customers order by 1"));
        Assert.Equal(["3|null|The row is longer than 1 MB. A quote before it may not be closed."], await tenant.RejectsAsync());
        Assert.Equal(["2000"], await tenant.RowsAsync("select max(length(raw)) from import_rejects"));
    }

    [Fact]
    public async Task A_quote_never_closed_in_a_big_file_costs_one_line()
    {
        var tenant = await database.TenantAsync();
        var report = await tenant.ImportAsync(ImportKind.Customers, "customer_id,name\n1,\"a\n" + string.Concat(Enumerable.Range(2, 300_000).Select(i => $"{i},b\n")));
        Assert.Equal((300_001, 300_000, 1), (report.RowsRead, report.RowsLoaded, report.RowsRejected));
    }

    [Theory]
    [InlineData(19, "a")]
    [InlineData(20, "a")]
    [InlineData(20, "\u00e9")]
    [InlineData(20, "\u6f22")]
    [InlineData(20, "\U0001F600")]
    public async Task Length_is_counted_in_characters_whatever_their_bytes(int count, string character)
    {
        var tenant = await database.TenantAsync();
        var value = string.Concat(Enumerable.Repeat(character, count));
        var report = await tenant.ImportAsync(ImportKind.Customers, $"customer_id,name\n1,{value}\n2,{value}{character}\n");
        Assert.Equal([$"1|{value}"], (await tenant.RowsAsync("select customer_id, name from customers order by 1")).Take(1));
        Assert.Equal(count == 19 ? 0 : 1, report.RowsRejected);
    }

    [Fact]
    public async Task Five_thousand_special_characters_arrive_whole()
    {
        var tenant = await database.TenantAsync();
        var value = string.Concat(Enumerable.Range(0, 5461).Select(i => char.ConvertFromUtf32(i % 7 == 0 ? 0x1F300 + i % 200 : 0xA1 + i)));
        await tenant.ImportAsync(ImportKind.Customers, $"customer_id,note\n1,{value}\n2,x\n", r => r with { Attributes = [new("note", "Note", Targeting.AttributeType.Text, 6000)] });
        Assert.Equal([value, "x"], await tenant.RowsAsync("select note from customers order by customer_id"));
    }

    [Fact]
    public async Task A_column_that_is_empty_for_forty_thousand_rows_is_no_end()
    {
        var tenant = await database.TenantAsync();
        var report = await tenant.ImportAsync(ImportKind.Customers, "customer_id,name\n" + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i},\n")) + "last,here\n");
        Assert.Equal(40_001, report.RowsLoaded);
    }

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "The file is empty. Nothing was imported.", [] },
        { "The file is empty. Nothing was imported.", B("\n\n") },
        { "The file is empty. Nothing was imported.", Gzip([]) },
        { "The file has no column customer_id. Its header reads: id, name. Nothing was imported.", B("id,name\n1,a\n") },
        { "The file has the column name more than once. Nothing was imported.", B("customer_id,name,NAME\n1,a,b\n") },
        { "No row of the file could be used. The earlier version stays.", B("customer_id,name\n") },
        { "No row of the file could be used. The earlier version stays.", B("customer_id,age\n1,x\n") },
        { "The file is UTF-16. Save it as UTF-8 and send it again.", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("customer_id\n1\n")] },
        { "The file is a zip archive or a workbook. Send it as CSV, plain or gzip.", [.. "PK"u8, 3, 4, 5, 6] },
        { "The compressed file is damaged or cut off. Nothing was imported.", Gzip(B("customer_id\n" + string.Join('\n', Enumerable.Range(0, 5000).Select(i => i * 7919))))[..^300] },
        { "The compressed file is damaged or cut off. Nothing was imported.", [0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
        { "The lines of the file end with CR alone. Save it with LF or CRLF line ends. Nothing was imported.", B("customer_id,name\r1,a\r2,b\r") },
        { "The header cannot be read: A quote is opened and never closed. Nothing was imported.", B("\"customer_id,name\n1,a\n") },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_useless_file_is_refused_with_a_sentence_and_changes_nothing(string sentence, byte[] file)
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Customers, "customer_id,name\n7,kept\n");
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => tenant.ImportAsync(ImportKind.Customers, file));
        Assert.Equal(sentence, refusal.Message);
        Assert.Equal(["7|kept"], await tenant.RowsAsync("select customer_id, name from customers"));
        Assert.Empty(await tenant.RowsAsync("select relname from pg_class where relname like 'customers\\_import' and relnamespace = current_schema()::regnamespace"));
    }

    [Fact]
    public async Task Rejects_of_a_refused_file_are_kept()
    {
        var tenant = await database.TenantAsync();
        await Assert.ThrowsAsync<RefusedException>(() => tenant.ImportAsync(ImportKind.Customers, "customer_id,age\n1,x\n"));
        Assert.Equal(["2|age|The value is not a whole number, like 42."], await tenant.RejectsAsync());
    }

    [Theory]
    [InlineData(",", false, false, "\n")]
    [InlineData(";", true, false, "\r\n")]
    [InlineData("\t", true, true, "\n")]
    [InlineData(",", false, true, "\r\n")]
    public async Task Delimiter_mark_compression_and_line_ends_are_found_out(string delimiter, bool mark, bool gzip, string lineEnd)
    {
        var tenant = await database.TenantAsync();
        var text = string.Join(lineEnd, $"customer_id{delimiter}name{delimiter}age", $"1{delimiter}\"a,b;c\td\"{delimiter}5", $"2{delimiter}{delimiter}6", "");
        byte[] file = [.. mark ? Encoding.UTF8.GetPreamble() : [], .. B(text)];
        await tenant.ImportAsync(ImportKind.Customers, gzip ? Gzip(file) : file);
        Assert.Equal(["1|a,b;c\td|5", "2|null|6"], await tenant.RowsAsync("select customer_id, name, age from customers order by 1"));
    }

    internal static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] B(string text) => Encoding.UTF8.GetBytes(text);
}
