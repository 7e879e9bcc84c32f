using System.Security.Cryptography;
using System.Text;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;

namespace Optimove.Portal.Tests.Customers.Import;

public sealed class CustomersFileTests(ImportDatabase database) : IClassFixture<ImportDatabase>
{
    private const string Header = "customer_id,name,age,balance,vip,birthday,seen_at\n";

    [Fact]
    public async Task Every_type_arrives_as_it_was_written()
    {
        var tenant = await database.TenantAsync();
        var report = await tenant.ImportAsync(ImportKind.Customers, Header
            + "1,\"Ann \"\"A\"\" Lee, jr\",-42,1234567890.1234,YES,2000-02-29,2026-03-31T14:30:00.123456+02:00\n"
            + "2,,,,,,\n"
            + "3,\"\", +7 ,-.5,f,0001-01-01,2026-03-31 14:30\n"
            + "4,x,-2147483648,999999999999999.9999,0,9999-12-31,1999-12-31T23:59:59Z");
        Assert.Equal(4, report.RowsLoaded);
        Assert.Equal(
        [
            "1|Ann \"A\" Lee, jr|-42|1234567890.1234|true|2000-02-29|2026-03-31 12:30:00.123456+00",
            "2|null|null|null|null|null|null",
            "3||7|-0.5000|false|0001-01-01|2026-03-31 14:30:00+00",
            "4|x|-2147483648|999999999999999.9999|false|9999-12-31|1999-12-31 23:59:59+00",
        ], await tenant.RowsAsync("select customer_id, name, age::text, balance::text, vip::text, birthday::text, seen_at::text from customers order by 1"));
        Assert.Equal(0.75, report.Columns.Single(c => c.Field == "name").FillRate);
    }

    [Theory]
    [InlineData("name", "123456789012345678901", "The text is longer than 20 characters.")]
    [InlineData("age", "12.5", "The value is not a whole number, like 42.")]
    [InlineData("age", "2147483648", "The whole number is outside -2,147,483,648 to 2,147,483,647.")]
    [InlineData("age", "99999999999999999999999999", "The whole number is outside -2,147,483,648 to 2,147,483,647.")]
    [InlineData("balance", "1.23456", "The number has more than 4 digits after the point.")]
    [InlineData("balance", "1000000000000000", "The number has more than 15 digits before the point.")]
    [InlineData("balance", "\"1,5\"", "Write numbers with a point and without thousands separators, like 1234.50.")]
    [InlineData("balance", "1e5", "The value is not a number, like 1234.50.")]
    [InlineData("balance", "-", "The value is not a number, like 1234.50.")]
    [InlineData("vip", "maybe", "The value is not yes or no. Write true or false, yes or no, 1 or 0.")]
    [InlineData("birthday", "31/12/2025", "Dates with slashes or the day first can be read two ways. Write them as yyyy-MM-dd, like 2026-03-31.")]
    [InlineData("birthday", "31-12-2025", "Dates with slashes or the day first can be read two ways. Write them as yyyy-MM-dd, like 2026-03-31.")]
    [InlineData("birthday", "2025-02-29", "There is no such day in the calendar.")]
    [InlineData("birthday", "tomorrow", "The value is not a date. Write dates as yyyy-MM-dd, like 2026-03-31.")]
    [InlineData("seen_at", "2026-03-31T25:00:00Z", "There is no such time of day or offset.")]
    [InlineData("seen_at", "2026-03-31T", "The value is not a time. Write times as 2026-03-31T14:30:00Z or with an offset.")]
    [InlineData("seen_at", "0001-01-01T00:00:00+01:00", "There is no such day in the calendar.")]
    public async Task A_bad_value_is_rejected_with_line_column_and_reason(string column, string value, string reason)
    {
        var tenant = await database.TenantAsync();
        var report = await tenant.ImportAsync(ImportKind.Customers, $"customer_id,{column}\nA,\nB,{value}\nC,\n");
        Assert.Equal((3, 2, 1), (report.RowsRead, report.RowsLoaded, report.RowsRejected));
        Assert.Equal([$"3|{column}|{reason}"], await tenant.RejectsAsync());
        Assert.Equal([$"B,{value}"], await tenant.RowsAsync("select raw from import_rejects"));
    }

    [Fact]
    public async Task A_row_without_an_id_is_rejected_with_its_line()
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Customers, "customer_id,name\n1,\"two\nlines\"\n,x\n\"\",y\n2,z\n");
        Assert.Equal(["4|customer_id|The value is missing, and the row is of no use without it.", "5|customer_id|The value is missing, and the row is of no use without it."],
            await tenant.RejectsAsync());
    }

    [Fact]
    public async Task The_first_of_two_rows_with_one_id_wins()
    {
        var tenant = await database.TenantAsync();
        var report = await tenant.ImportAsync(ImportKind.Customers, "customer_id,name\n1,first\n2,x\n1,second\n1,third\n");
        Assert.Equal((4, 2, 2), (report.RowsRead, report.RowsLoaded, report.RowsRejected));
        Assert.Equal(["1|first", "2|x"], await tenant.RowsAsync("select customer_id, name from customers order by 1"));
        Assert.Equal(["4|customer_id|1,second", "5|customer_id|1,third"], await tenant.RowsAsync("select line, column_name, raw from import_rejects order by 1"));
    }

    [Fact]
    public async Task Every_row_repeated_leaves_each_once_however_full_the_filter()
    {
        var tenant = await database.TenantAsync();
        var half = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i},\n"));
        var report = await tenant.ImportAsync(ImportKind.Customers, "customer_id,name\n" + half + half, r => r with { FileSize = 1, MostStoredRejects = 10 });
        Assert.Equal((80_000, 40_000, 40_000, 10), (report.RowsRead, report.RowsLoaded, report.RowsRejected, report.RejectsStored));
        Assert.Equal(["40000"], await tenant.RowsAsync("select count(*) from customers"));
        Assert.Equal(["10|40002"], await tenant.RowsAsync("select count(*), min(line) from import_rejects"));
    }

    [Fact]
    public async Task Unknown_columns_are_ignored_and_missing_ones_are_empty_and_both_are_reported()
    {
        var tenant = await database.TenantAsync();
        var report = await tenant.ImportAsync(ImportKind.Customers, "Shoe size;CUSTOMER ID;Name\n44;1;Ann\n");
        Assert.Equal(["Shoe size"], report.IgnoredHeaders);
        Assert.Equal(["age", "balance", "birthday", "seen_at", "vip"], report.MissingFields.Order());
        Assert.Equal(["1|Ann|null"], await tenant.RowsAsync("select customer_id, name, age from customers"));
    }

    [Fact]
    public async Task Attributes_that_came_by_api_survive_the_swap()
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Customers, "customer_id,name\n1,Ann\n2,Bob\n");
        await tenant.RunAsync("update customers set age = 33 where customer_id = '1'");
        await tenant.ImportAsync(ImportKind.Customers, "customer_id,name\n1,Anna\n3,Cid\n", r => r with { KeptFields = ["age", "vip"] });
        Assert.Equal(["1|Anna|33", "3|Cid|null"], await tenant.RowsAsync("select customer_id, name, age from customers order by 1"));
    }

    [Fact]
    public async Task Fixed_width_columns_come_before_texts()
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Customers, Header + "1,a,,,,,\n");
        Assert.Equal(["customer_id", "seen_at", "age", "birthday", "vip", "balance", "name"],
            await tenant.RowsAsync("select attname from pg_attribute where attrelid = 'customers'::regclass and attnum > 0 order by attnum"));
    }

    [Fact]
    public async Task The_report_says_how_many_bytes_and_which_file()
    {
        var tenant = await database.TenantAsync();
        var file = Encoding.UTF8.GetBytes("customer_id\n1\n");
        var report = await tenant.ImportAsync(ImportKind.Customers, file);
        Assert.Equal(file.Length, report.Bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), report.FileHash);
    }

    [Fact]
    public async Task Rejects_go_to_whoever_asks_for_them()
    {
        var tenant = await database.TenantAsync();
        var rejects = new List<ImportReject>();
        await tenant.ImportAsync(ImportKind.Customers, "customer_id,age\n1,x\n2,3\n", r => r with { OnReject = rejects.Add });
        Assert.Equal(new ImportReject(2, "age", "The value is not a whole number, like 42.", "1,x"), Assert.Single(rejects));
        Assert.Empty(await tenant.RejectsAsync());
    }

    [Fact]
    public async Task Progress_ends_with_the_whole_file()
    {
        var tenant = await database.TenantAsync();
        var file = Encoding.UTF8.GetBytes("customer_id,age\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{(i == 7 ? "x" : i)}\n")));
        var seen = new Recorder();
        using var stream = new MemoryStream(file);
        await tenant.ImportAsync(ImportKind.Customers, stream, progress: seen);
        Assert.Equal(new ImportProgress(file.Length, file.Length, 50_000, 1), seen.All[^1]);
        Assert.True(seen.All.Count > 2);
        Assert.Equal(seen.All.OrderBy(p => p.Rows), seen.All);
    }

    private sealed class Recorder : IProgress<ImportProgress>
    {
        public List<ImportProgress> All { get; } = [];
        public void Report(ImportProgress value) => All.Add(value);
    }
}
