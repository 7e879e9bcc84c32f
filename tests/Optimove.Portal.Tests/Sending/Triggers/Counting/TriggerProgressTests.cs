using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Counting;
using Optimove.Portal.Sending.Triggers.Deciding;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Tests.Sending.Triggers.Counting;

/// <summary>The counting of one customer's events. An event is written as its minute and its kind: a counts, b follows, ab both.</summary>
public sealed class TriggerProgressTests
{
    private static readonly DateTime Start = new(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc);
    private static readonly EventCondition Any = new(1, new All([]));

    /// <returns>The minutes of the events that met the trigger.</returns>
    private static string Run(TriggerRule rule, string events, int now = int.MaxValue)
    {
        var progress = new TriggerProgress([], [], null);
        var met = new List<string>();
        foreach (var one in events.Split(' '))
        {
            var minute = one.TrimEnd('a', 'b');
            var happened = new KeptEvent(minute, null!, "C", Start.AddMinutes(double.Parse(minute, System.Globalization.CultureInfo.InvariantCulture)), Start, new Dictionary<string, object?>(), "{}");
            met.AddRange(progress.Apply(rule, happened, one.Contains('a'), one.Contains('b'), now == int.MaxValue ? Start.AddYears(1) : Start.AddMinutes(now)).Select(c => c.EventId));
        }
        return string.Join(' ', met) + (progress.Wait is { } wait ? $" waits {(wait.DueAt - Start).TotalMinutes:0}" : "");
    }

    [Theory]
    [InlineData(1, null, "0a 1a", "0 1")]
    [InlineData(3, null, "0a 500a 9000a", "9000")]
    [InlineData(3, null, "0a 1a 2a 3a 4a 5a 6a", "2 5")]
    [InlineData(3, 60, "0a 1a 61a", "")]
    [InlineData(3, 60, "0a 1a 60a", "60")]
    [InlineData(3, 60, "0a 1a 61a 61.5a 62a", "62")]
    [InlineData(2, 10, "20a 5a 29a", "29")]
    [InlineData(2, 10, "20a 12a", "12")]
    [InlineData(2, 10, "20a 9a 12a", "12")]
    [InlineData(2, 10, "0b 1b", "")]
    public void So_many_events_within_a_time_meet_it_and_counting_begins_anew(int times, int? within, string events, string met) =>
        Assert.Equal(met, Run(new([Any], times, within, null), events));

    [Theory]
    [InlineData("0a", " waits 30")]
    [InlineData("0a 30b", "30")]
    [InlineData("0a 0b", "0")]
    [InlineData("0a 31b", "")]
    [InlineData("0a 20a 45b", "45")]
    [InlineData("5b 0a", "0")]
    [InlineData("5b 0a 1a", "0 waits 31")]
    [InlineData("5b 6a", " waits 36")]
    [InlineData("35b 0a", " waits 30")]
    [InlineData("0a 10b 5a", "10 waits 35")]
    [InlineData("0a 10b 20b", "10")]
    [InlineData("0a 40a", " waits 70")]
    [InlineData("0ab 5ab", "5")]
    public void What_must_follow_meets_it_when_it_comes_in_time_after_the_latest(string events, string met) =>
        Assert.Equal(met, Run(new([Any], 1, null, new(true, Any, 30)), events));

    [Theory]
    [InlineData("0a", " waits 30")]
    [InlineData("0a 30b", "")]
    [InlineData("0a 31b", "0")]
    [InlineData("0a 20a", " waits 30")]
    [InlineData("0a 10b 15a", " waits 45")]
    [InlineData("0a 40a", "0 waits 70")]
    [InlineData("10b 0a", "")]
    [InlineData("10b 0a 20a", " waits 50")]
    [InlineData("0a 10b 5a", "")]
    [InlineData("35b 0a", " waits 30")]
    public void What_must_not_follow_calls_it_off_and_a_time_that_is_over_meets_it(string events, string met) =>
        Assert.Equal(met, Run(new([Any], 1, null, new(false, Any, 30)), events));

    [Fact]
    public void A_time_is_over_only_once_the_clock_says_so() => Assert.Equal(" waits 30", Run(new([Any], 1, null, new(false, Any, 30)), "0a 31b", now: 29));

    [Fact]
    public void The_second_part_is_waited_for_from_the_last_of_several() => Assert.Equal(" waits 35", Run(new([Any], 2, 10, new(true, Any, 30)), "0a 5a"));
}
