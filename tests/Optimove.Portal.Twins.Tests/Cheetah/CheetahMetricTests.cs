using System.Text.Json.Nodes;
using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.Cheetah;

public sealed class CheetahMetricTests
{
    private static readonly string[] Names = ["Sent", "Received", "MessageOpens", "MessageClicks", "Unsubs"];

    [Fact]
    public async Task Figures_are_absent_before_the_send_grow_over_a_week_and_stay_in_order()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var campaign = await twin.ApprovedAsync(await twin.ImportedAsync(1000));
        var path = $"EmailCampaign/Metrics?id={campaign}";
        Assert.Equal(404, (await twin.CallAsync("GET", path)).Status);
        twin.Clock.Move(TimeSpan.FromHours(2));
        long[]? before = null;
        for (var day = 0; day <= 7; day++)
        {
            await twin.SignInAsync();
            var figures = Read(await twin.GetAsync(path));
            Assert.Equal(1000, figures[0]);
            Assert.True(figures[0] >= figures[1] && figures[1] >= figures[2] && figures[2] >= figures[3]);
            Assert.All((before ?? new long[5]).Zip(figures).Where((_, at) => at != 1), pair => Assert.True(pair.First <= pair.Second));
            before = figures;
            twin.Clock.Move(TimeSpan.FromDays(1));
        }
        Assert.All(before!, figure => Assert.True(figure > 0));
        Assert.InRange(before![4], 1, 20);
    }

    private static long[] Read(JsonNode metrics) => [.. Names.Select(name => (long)metrics[name]!)];
}
