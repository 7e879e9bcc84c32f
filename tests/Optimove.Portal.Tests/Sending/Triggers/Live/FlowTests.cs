using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Sending.Triggers.Live;
using Optimove.Portal.Tests.PartnerApi;

namespace Optimove.Portal.Tests.Sending.Triggers.Live;

public sealed class FlowTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task The_live_page_counts_each_event_decision_and_notice_once_and_of_its_own_client_alone()
    {
        var client = await house.ListenAsync(house.Acme);
        var visit = await house.DefineAsync(house.Acme, "visit");
        await house.CustomersAsync(house.Acme, "C-1", "C-2");
        var campaign = await house.LiveAsync(house.Acme, new([new(visit, TriggerHouse.Anything)], 1, null, null));
        string[] events = [house.Event("visit", "C-1"), house.Event("visit", "C-2"), house.Event("visit", "C-1"), house.Event("visit", "nobody")];
        await house.ReportAsync(client, events);
        await house.ReportAsync(client, events);
        var flow = await ReadAsync(house.Acme);
        Assert.Equal((4, 4, 2, 0, 2), (flow.Seconds.Sum(s => s.Events), flow.Met, flow.Sent, flow.Control, flow.Excluded));
        Assert.Equal(2, flow.Notices.Waiting + flow.Notices.Delivered + flow.Notices.GivenUp);
        Assert.Equal(["nobody unknown customer", "C-2 ", "C-1 "], flow.Latest.Select(d => $"{d.CustomerId} {d.Reason}"));
        Assert.All(flow.Latest, d => Assert.Equal(campaign.Name, d.Campaign));
        var other = await ReadAsync(house.Globex);
        Assert.Equal((0, 0, 0), (other.Seconds.Count, other.Latest.Count, (int)other.Notices.Waiting));
    }

    private async Task<Flow> ReadAsync(Portal.Tenancy.TenantScope tenant)
    {
        Flow? flow = null;
        await house.InAsync(tenant, async s => flow = await s.GetRequiredService<FlowQueries>().ReadAsync(TestContext.Current.CancellationToken));
        return flow!;
    }
}
