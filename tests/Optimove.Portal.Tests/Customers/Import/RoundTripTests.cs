using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using Optimove.Portal.Customers;

namespace Optimove.Portal.Tests.Customers.Import;

/// <summary>Whatever values a table has and however its file is written, PostgreSQL gives back the same values.</summary>
public sealed class RoundTripTests(ImportDatabase database) : IClassFixture<ImportDatabase>
{
    public sealed record Person(string? Name, int? Age, decimal? Balance, bool? Vip, DateOnly? Birthday, DateTime? SeenAt);

    public sealed record Style(char Delimiter, string LineEnd, bool Mark, bool Gzip, bool QuoteAll, int Boolean);

    private static readonly string[] Letters = ["a", "Z", "0", ",", ";", "\t", "\"", "\n", "\r", " ", "'", "\\", "N", "\u0001", "\u007f", "é", "ß", "漢", "\u2028", "\uFEFF", "😀", "👩‍👩‍👧"];

    private static readonly Gen<Person> People =
        from name in Gen.Elements(Letters).ArrayOf().Where(l => string.Concat(l).EnumerateRunes().Count() <= 20).Select(string.Concat).OrNull()
        from age in OrNot(Gen.OneOf(Gen.Choose(int.MinValue, int.MaxValue), Gen.Choose(-3, 3)))
        from high in Gen.Choose(0, 999_999_999)
        from low in Gen.Choose(0, 999_999_999)
        from scale in Gen.Choose(0, 9)
        from sign in Gen.Elements(-1, 1)
        from vip in Gen.Elements<bool?>(true, false, null)
        from birthday in OrNot(Gen.Choose(0, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber))
        from second in Gen.Choose(0, 86_399)
        from microsecond in Gen.Elements(0, 1, 120_000, 999_999)
        select new Person(name, age, sign == 1 && scale == 9 ? null : Amount(high, low, scale) * sign, vip, birthday,
            birthday is { } day && scale > 1 ? day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddSeconds(second).AddTicks(microsecond * 10L) : null);

    private static readonly Gen<Style> Styles =
        from delimiter in Gen.Elements(',', ';', '\t')
        from end in Gen.Elements("\n", "\r\n")
        from flags in Gen.Choose(0, 7)
        from boolean in Gen.Choose(0, 4)
        select new Style(delimiter, end, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, boolean);

    [Fact]
    public async Task Any_table_comes_back_identical()
    {
        var tenant = await database.TenantAsync();
        var tables = from people in People.ArrayOf() from style in Styles select (people, style);
        Check(tables, table => ReadBackAsync(tenant, table.people, table.style));
    }

    private static Gen<T?> OrNot<T>(Gen<T> gen) where T : struct => from value in gen from chance in Gen.Choose(0, 4) select chance == 0 ? null : (T?)value;

    private static void Check<T>(Gen<T> gen, Func<T, Task> body) =>
        Prop.ForAll(gen.ToArbitrary(), value => body(value).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(60));

    private static async Task ReadBackAsync(ImportTenant tenant, Person[] people, Style style)
    {
        if (people.Length == 0)
            return;
        var report = await tenant.ImportAsync(ImportKind.Customers, Write(people, style));
        Assert.Equal(people.Length, report.RowsLoaded);
        await using var connection = await tenant.OpenAsync();
        await using var command = new NpgsqlCommand("select name, age, balance, vip, birthday, seen_at from customers order by customer_id::int", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var back = new List<Person>();
        while (await reader.ReadAsync())
        {
            back.Add(new(Value<string?>(reader, 0), Value<int?>(reader, 1), Value<decimal?>(reader, 2), Value<bool?>(reader, 3), Value<DateOnly?>(reader, 4), Value<DateTime?>(reader, 5)));
        }
        Assert.Equal(people, back);
    }

    private static T? Value<T>(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? default : reader.GetFieldValue<T>(column);

    private static byte[] Write(Person[] people, Style style)
    {
        string[] yes = ["true", "YES", "1", "t", "Y"], no = ["FALSE", "no", "0", "f", "n"];
        var text = new StringBuilder("customer_id,name,age,balance,vip,birthday,seen_at".Replace(',', style.Delimiter)).Append(style.LineEnd);
        for (var i = 0; i < people.Length; i++)
        {
            var p = people[i];
            text.AppendJoin(style.Delimiter,
                Field(i.ToString(CultureInfo.InvariantCulture), style), Field(p.Name, style), Field(p.Age?.ToString(CultureInfo.InvariantCulture), style),
                Field(p.Balance?.ToString(CultureInfo.InvariantCulture), style), Field(p.Vip is null ? null : p.Vip.Value ? yes[style.Boolean] : no[style.Boolean], style),
                Field(p.Birthday?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), style), Field(p.SeenAt?.ToString("O", CultureInfo.InvariantCulture), style));
            text.Append(i == people.Length - 1 && style.QuoteAll ? "" : style.LineEnd);
        }
        byte[] file = [.. style.Mark ? Encoding.UTF8.GetPreamble() : [], .. Encoding.UTF8.GetBytes(text.ToString())];
        return style.Gzip ? DamagedFileTests.Gzip(file) : file;
    }

    private static string Field(string? value, Style style) =>
        value is null ? "" : value.Length == 0 || style.QuoteAll || value.AsSpan().ContainsAny(",;\t\"\r\n") ? "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : value;

    private static decimal Amount(int high, int low, int scale) => scale switch
    {
        0 => 0,
        < 4 => high,
        < 7 => high + low % 10_000 / 10_000m,
        _ => high * 1_000_000m + low % 1_000_000 + low % 10_000 / 10_000m,
    };
}
