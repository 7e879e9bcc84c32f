using Optimove.Portal.Sending.DryRun;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.DryRun;

public sealed class RehearseCampaignTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Customers = 1_200;

    [Fact]
    public Task MailChimp_is_played_with_its_whole_list() => PlayAsync(DryRunCase.MailChimp, "POST /3.0/lists/abc123/segments", 1);

    [Fact]
    public Task Cheetah_is_played_with_its_whole_list() => PlayAsync(DryRunCase.Cheetah, "POST /services2/api/Import", 1);

    [Fact]
    public Task MobilePush_is_played_with_its_whole_list() => PlayAsync(DryRunCase.MobilePush, "POST /rest/push/v1/messageContact/NjoxMTQ6MA/send", 1);

    [Fact]
    public Task Appboy_is_played_with_its_whole_list() => PlayAsync(DryRunCase.Appboy, "POST /campaigns/trigger/schedule/create", 10);

    private async Task PlayAsync(DryRunCase through, string call, int least)
    {
        await using var world = await DryRunWorld.CreateAsync(database, through, Customers);
        var before = await world.RowsAsync();

        var report = await world.RunAsync();

        Assert.Null(report.Stopped);
        Assert.False(report.OwnList);
        Assert.Equal((Customers, through.Excluded), (report.List.Considered, report.List.Excluded));
        Assert.Equal(report.List.Excluded, report.Exclusions.Sum(e => e.Count));
        Assert.InRange(report.List.Control, Customers * 0.06, Customers * 0.14);
        Assert.Equal((report.List.ToSend, 0, 0, 0), (report.Accepted, report.Rejected, report.Unknown, report.NotHandedOver));
        Assert.Equal(report.List.ToSend, report.Calls.People);
        Assert.Equal(report.List.ToSend, report.Arriving);
        Assert.Equal(report.SendAt, Assert.Single(report.Arrivals).At);
        Assert.NotEmpty(report.Arrivals[0].First);
        Assert.InRange(report.Calls.Kept.Count(c => $"{c.Method} {c.Path}" == call && c.Status is >= 200 and < 300), least, report.Calls.Count);
        Assert.Equal(0, report.Calls.Refused);
        Assert.DoesNotContain(report.Calls.Kept, c => Texts(c).Any(t => t.Contains(DryRunWorld.Secret, StringComparison.Ordinal)));
        Assert.Equal(before, await world.RowsAsync());
    }

    private static string[] Texts(RecordedCall c) => [c.Path, c.Authorization ?? "", c.Request.Text, c.Response.Text];
}
