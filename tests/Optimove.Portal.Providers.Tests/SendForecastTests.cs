namespace Optimove.Portal.Providers.Tests;

public sealed class SendForecastTests
{
    private static readonly SendPace Pace = new(250_000, TimeSpan.FromMinutes(30));
    private static readonly DateTimeOffset Ten = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(125_000, 15)]
    [InlineData(250_000, 30)]
    [InlineData(800_000, 96)]
    [InlineData(2_000_000_000, 240_000)]
    public void Without_a_lead_the_last_recipient_goes_out_when_the_pace_has_let_everybody_through(int recipients, int minutes)
    {
        var forecast = new SendForecast(Pace, recipients, Ten);

        Assert.Equal((Ten.AddMinutes(minutes), TimeSpan.FromMinutes(minutes)), (forecast.LastAt, forecast.Takes));
    }

    [Theory]
    [InlineData(100_000, 0)]
    [InlineData(250_000, 0)]
    [InlineData(300_000, 6)]
    [InlineData(800_000, 66)]
    public void What_is_handed_over_within_the_lead_goes_out_at_the_send_time(int recipients, int minutes) =>
        Assert.Equal(Ten.AddMinutes(minutes), new SendForecast(Pace, recipients, Ten, TimeSpan.FromMinutes(30)).LastAt);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(250_000, 1)]
    [InlineData(250_001, 2)]
    [InlineData(800_001, 4)]
    public void A_list_is_split_into_the_fewest_even_parts_that_fit_one_stretch_after_another(int recipients, int count)
    {
        var forecast = new SendForecast(Pace, recipients, Ten, TimeSpan.FromMinutes(30));

        var parts = forecast.Parts;

        Assert.Equal((count, recipients, count == 1), (parts.Count, parts.Sum(p => p.Recipients), forecast.Fits));
        Assert.InRange(parts.Max(p => p.Recipients) - parts.Min(p => p.Recipients), 0, 1);
        Assert.All(parts, part => Assert.Equal((Ten.AddMinutes(30 * (part.Number - 1)), true), (part.Begin, part.Recipients <= Pace.Recipients)));
        Assert.All(parts, part => Assert.Equal(part.Begin, part.LastAt));
        Assert.Equal(Enumerable.Range(1, count), parts.Select(p => p.Number));
    }

    [Fact]
    public void An_empty_list_is_one_empty_part()
    {
        var forecast = new SendForecast(Pace, 0, Ten);

        Assert.Equal([new SendPart(1, 0, Ten, Ten)], forecast.Parts);
    }
}
