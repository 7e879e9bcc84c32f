using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;

namespace Optimove.Portal.Tests.Customers.Import;

public sealed class HealthGateTests
{
    private static ImportReport Report(long loaded, long rejected = 0, double fill = 0.9, string field = "email", decimal? sum = null, ImportKind kind = ImportKind.Customers) => new()
    {
        Kind = kind, RowsRead = loaded + rejected, RowsLoaded = loaded, RowsKnown = 0, RowsRejected = rejected, RejectsStored = (int)rejected,
        Rejects = rejected == 0 ? [] : [new(field, "The value is not a date.", rejected)], Bytes = 1, Took = TimeSpan.Zero, FileHash = "", AmountSum = sum,
        Columns = [new(field, fill)], IgnoredHeaders = [], MissingFields = [],
    };

    [Theory]
    [InlineData(20_000, true)]
    [InlineData(16_000, true)]
    [InlineData(15_999, false)]
    [InlineData(30_000, true)]
    [InlineData(30_001, false)]
    public void A_count_within_the_band_is_good(long rows, bool good) =>
        Assert.Equal(good ? HealthVerdict.Good : HealthVerdict.Hold, HealthGate.Judge(Report(rows), [Report(20_000)]).Verdict);

    [Fact]
    public void Half_the_customers_hold_the_night_and_the_sentence_has_both_counts() =>
        Assert.Equal(["The file before had 20,014 customers; this one has 9,870, 51 % fewer."], HealthGate.Judge(Report(9_870), [Report(20_014)]).Sentences);

    [Fact]
    public void One_odd_file_does_not_become_the_usual()
    {
        List<ImportReport> earlier = [Report(9_870), Report(20_014), Report(20_010), Report(20_000)];
        Assert.Equal(HealthVerdict.Good, HealthGate.Judge(Report(20_020), earlier).Verdict);
        Assert.Equal(["Files usually have 20,005 customers; this one has 9,900, 51 % fewer."], HealthGate.Judge(Report(9_900), earlier).Sentences);
    }

    [Fact]
    public void The_first_file_has_nothing_to_differ_from() => Assert.Equal(HealthVerdict.Good, HealthGate.Judge(Report(5), []).Verdict);

    [Fact]
    public void An_empty_file_holds_even_as_the_first() =>
        Assert.Equal(["The file had no usable transactions."], HealthGate.Judge(Report(0, kind: ImportKind.Transactions), []).Sentences);

    [Fact]
    public void A_refused_file_holds_with_its_reason() =>
        Assert.Equal(["The file has no column customer_id."], HealthGate.JudgeRefusal(new("The file has no column customer_id.")).Sentences);

    [Fact]
    public void A_column_much_emptier_than_usual_holds()
    {
        Assert.Equal(["The column email is usually 90 % filled; in this file it is 70 %."], HealthGate.Judge(Report(100, fill: 0.7), [Report(100)]).Sentences);
        Assert.Equal(HealthVerdict.Good, HealthGate.Judge(Report(100, fill: 0.76), [Report(100)]).Verdict);
    }

    [Fact]
    public void A_column_that_is_gone_holds() =>
        Assert.Equal(["The file before had the column email; this one does not."], HealthGate.Judge(Report(100, field: "other"), [Report(100)]).Sentences);

    [Fact]
    public void More_rejects_than_a_twentieth_hold_and_name_the_reason()
    {
        Assert.Equal(HealthVerdict.Good, HealthGate.Judge(Report(95, 5), []).Verdict);
        Assert.Equal(["6 of 100 rows were rejected, 6 %. The most frequent reason (column email): The value is not a date."], HealthGate.Judge(Report(94, 6), []).Sentences);
    }

    [Fact]
    public void Amounts_that_vanish_hold() =>
        Assert.Equal(HealthVerdict.Hold, HealthGate.Judge(Report(100, sum: 0, kind: ImportKind.Transactions), [Report(100, sum: 5000, kind: ImportKind.Transactions)]).Verdict);

    [Fact]
    public void Files_of_another_kind_do_not_count() =>
        Assert.Equal(HealthVerdict.Good, HealthGate.Judge(Report(5), [Report(20_000, kind: ImportKind.Transactions)]).Verdict);
}
