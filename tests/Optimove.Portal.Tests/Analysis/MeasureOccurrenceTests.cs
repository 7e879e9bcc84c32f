using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Analysis;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Statistics;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Metrics;

namespace Optimove.Portal.Tests.Analysis;

public sealed class MeasureOccurrenceTests(MeasuringHouse house) : IClassFixture<MeasuringHouse>
{
    private const string Published = "select 'P' || n, case when n <= 900 then 'send' else 'control' end from generate_series(1, 1000) n";
    // 180 buyers at 200 and 14 at 150 on average, as money comes: many small baskets and a few large ones.
    private const string PublishedPurchases = """
        select 'P' || n, timestamptz '2026-05-20 12:00Z', case when n <= 162 then 20 when n <= 180 then 1820 when n <= 913 then 10 else 1970 end
        from generate_series(1, 1000) n where n <= 180 or n between 901 and 914
        """;

    [Fact]
    public async Task The_published_example_comes_out_at_17_100_and_is_not_proven()
    {
        await house.Database.RunAsync("truncate t1.transactions");
        var o = await house.SentAsync(Published, Close);
        await house.BoughtAsync(PublishedPurchases);
        var result = await ReadAsync(o);

        Assert.Equal((900, 180, 36_000.0), (result.Measured.Test.Customers, result.Measured.Test.Responders, result.Measured.Test.Sum));
        Assert.Equal((100, 14, 2_100.0), (result.Measured.Control.Customers, result.Measured.Control.Responders, result.Measured.Control.Sum));
        Assert.Equal((200.0, 150.0), (result.Measured.Test.PerResponder, result.Measured.Control.PerResponder));
        Assert.Equal(17_100, result.Figures.Increase, 6);
        Assert.Equal((1.439475, 0.150016), (Math.Round(result.Figures.RateTest!.Value.Z!.Value, 6), Math.Round(result.Figures.RateTest.Value.P, 6)));
        Assert.Equal((VerdictKind.NotProven, false), (result.Verdict.Kind, result.Verdict.SoFar));
        Assert.Contains("Could be anything from €", result.Verdict.Sentence);
    }

    [Fact]
    public async Task Only_purchases_of_assigned_customers_inside_the_window_count_and_add_up_a_customer()
    {
        await house.Database.RunAsync("truncate t1.transactions");
        var o = await house.SentAsync("values ('a', 'send'), ('b', 'send'), ('c', 'send'), ('d', 'control'), ('e', 'control'), ('x', 'excluded')", o => o.MeasurementDays = 3);
        house.Clock.MoveTo(DateTimeOffset.Parse("2026-07-01Z", System.Globalization.CultureInfo.InvariantCulture));
        await house.BoughtAsync("""
            values ('a', timestamptz '2026-05-14 08:00:00Z', 10.0), ('a', '2026-05-16 07:00Z', 20), ('b', '2026-05-14 07:59:59Z', 1000), ('b', '2026-05-17 08:00:00Z', 1000),
                   ('c', '2026-05-17 07:59:59Z', 5.5), ('d', '2026-05-14 07:00Z', 1000), ('d', '2026-05-15 08:00Z', 7), ('x', '2026-05-15 08:00Z', 1000), ('stranger', '2026-05-15 08:00Z', 1000)
            """);
        var measured = (await ReadAsync(o)).Measured;

        Assert.Equal(new GroupTotals(3, 2, 35.5, 30 * 30 + 5.5 * 5.5), measured.Test);
        Assert.Equal(new GroupTotals(2, 1, 7, 49), measured.Control);
        Assert.Equal([new(0, new(3, 0, 0, 0), new(2, 0, 0, 0)), new(1, new(3, 1, 10, 100), new(2, 0, 0, 0)), new(2, new(3, 1, 30, 900), new(2, 1, 7, 49)), new DayTotals(3, measured.Test, measured.Control)], measured.Days);
    }

    [Fact]
    public async Task Purchases_are_counted_where_they_are_the_kpi()
    {
        await house.Database.RunAsync("truncate t1.transactions");
        var o = await house.SentAsync("values ('k', 'send'), ('l', 'control')", o => o.Kpi = Kpi.Purchases);
        await house.BoughtAsync("values ('k', timestamptz '2026-05-14 09:00Z', 10.0), ('k', '2026-05-14 10:00Z', 20), ('k', '2026-05-15 10:00Z', 20)");
        house.Clock.MoveTo(DateTimeOffset.Parse("2026-07-01Z", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(new GroupTotals(1, 1, 3, 9), (await ReadAsync(o)).Measured.Test);
    }

    [Fact]
    public async Task The_big_spenders_and_the_cap_agree_with_the_definitions()
    {
        await house.Database.RunAsync("truncate t1.transactions");
        var o = await house.SentAsync("select 'S' || n, case when n % 4 = 0 then 'control' else 'send' end from generate_series(1, 400) n", Close);
        await house.BoughtAsync("select 'S' || n, timestamptz '2026-05-20 12:00Z', n * n % 97 + 1 from generate_series(1, 400) n where n % 3 = 0");
        var measured = (await ReadAsync(o)).Measured;

        double[] test = [.. Values(n => n % 4 != 0)], control = [.. Values(n => n % 4 == 0)];
        Assert.Equal(Skew.TopShare(test.Concat(control), 400), measured.TopShare, 9);
        Assert.Equal(Skew.Cap(test.Concat(control), 400), measured.Cap);
        Assert.Equal(Skew.Capped(test, 300, measured.Cap!.Value), measured.CappedTest);
        Assert.Equal(Skew.Capped(control, 100, measured.Cap!.Value), measured.CappedControl);
        Assert.True(measured.CappedTest.Sum < measured.Test.Sum);

        static IEnumerable<double> Values(Func<int, bool> which) => Enumerable.Range(1, 400).Where(n => n % 3 == 0 && which(n)).Select(n => n * n % 97 + 1.0);
    }

    [Fact]
    public async Task A_strong_effect_is_so_far_until_the_window_closes()
    {
        await house.Database.RunAsync("truncate t1.transactions");
        const string Everybody = "select 'W' || n, case when n <= 900 then 'send' else 'control' end from generate_series(1, 1000) n";
        const string Strong = "select 'W' || n, timestamptz '2026-05-20 12:00Z', 100 + n % 7 from generate_series(1, 1000) n where n <= 600 or n between 901 and 910";
        var open = await house.SentAsync(Everybody, o => o.MeasurementDays = 365);
        await house.BoughtAsync(Strong);
        var soFar = await ReadAsync(open);
        Assert.Equal((VerdictKind.NotProven, true, (double?)null), (soFar.Verdict.Kind, soFar.Verdict.SoFar, soFar.P));
        Assert.Contains("So far", soFar.Verdict.Sentence);

        var closed = await ReadAsync(await house.SentAsync(Everybody, o => { Close(o); o.MeasurementDays = 365; }, name: "The same, closed"));
        Assert.Equal((VerdictKind.Proven, false), (closed.Verdict.Kind, closed.Verdict.SoFar));
        Assert.NotNull(closed.P);
    }

    [Fact]
    public async Task A_draw_that_came_out_wrong_gives_no_verdict()
    {
        var result = await ReadAsync(await house.SentAsync("select 'D' || n, case when n <= 700 then 'send' else 'control' end from generate_series(1, 1000) n", Close));
        Assert.Equal(VerdictKind.NoVerdict, result.Verdict.Kind);
        Assert.Contains("30", result.Verdict.Sentence);
        Assert.Null(result.ShownInterval);
    }

    [Fact]
    public async Task A_group_that_lost_people_from_the_data_gives_no_verdict()
    {
        await house.Database.RunAsync("truncate t1.transactions");
        var o = await house.SentAsync("select 'L' || n, case when n <= 900 then 'send' else 'control' end from generate_series(1, 1000) n", Close);
        await house.Database.RunAsync("delete from t1.customers where customer_id in (select 'L' || n from generate_series(901, 960) n)");
        await house.BoughtAsync("select 'L' || n, timestamptz '2026-05-20 12:00Z', n from generate_series(1, 1000) n where n % 2 = 0");
        var result = await ReadAsync(o);
        Assert.Equal((900, 40), (result.Measured.TestInData, result.Measured.ControlInData));
        Assert.Equal((VerdictKind.NoVerdict, true, false), (result.Verdict.Kind, result.Verdict.Split.Passed, result.InData.Passed));
        Assert.Contains("lost more people", result.Verdict.Sentence);
    }

    [Fact]
    public async Task New_purchases_are_seen_as_soon_as_their_import_is_done()
    {
        await house.Database.RunAsync("truncate t1.transactions");
        var o = await house.SentAsync("values ('n1', 'send'), ('n2', 'control')", Close);
        Assert.Equal(0, (await ReadAsync(o)).Measured.Test.Sum);
        await house.BoughtAsync("values ('n1', timestamptz '2026-05-15 12:00Z', 42.0)");
        Assert.Equal(42, (await ReadAsync(o)).Measured.Test.Sum);
    }

    [Fact]
    public async Task Another_clients_result_is_not_there()
    {
        var theirs = await house.SentAsync("values ('a', 'send'), ('b', 'control')", Close, MeasuringHouse.Second);
        await house.BoughtAsync("values ('a', timestamptz '2026-05-15 12:00Z', 9.0)", MeasuringHouse.Second);
        Assert.Null(await house.AsAsync(MeasuringHouse.First, s => s.GetRequiredService<ResultQueries>().FindAsync(theirs.CampaignId, null)));
        // Even asked for by its id from inside the other client, nothing of it is counted.
        var measured = await house.AsAsync(MeasuringHouse.First, s => s.GetRequiredService<MeasureOccurrence>().RunAsync(theirs, 0));
        Assert.Equal((0, 0), (measured.Test.Customers, measured.Control.Customers));
        Assert.Equal(9, (await ReadAsync(theirs, MeasuringHouse.Second)).Measured.Test.Sum);
    }

    private static void Close(Occurrence o) => (o.State, o.ClosedAt) = (OccurrenceState.Closed, o.SendAt.AddDays(31));

    private async Task<Result> ReadAsync(Occurrence o, TenantScope? tenant = null)
    {
        if (house.Clock.GetUtcNow() < o.SendAt.AddDays(40)) house.Clock.MoveTo(o.SendAt.AddDays(40));
        return (await house.AsAsync(tenant ?? MeasuringHouse.First, s => s.GetRequiredService<ResultQueries>().FindAsync(o.CampaignId, o.Date)))!;
    }
}
