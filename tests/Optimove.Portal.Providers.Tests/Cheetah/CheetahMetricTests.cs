using System.Text.Json.Nodes;
using Optimove.Portal.Providers.Tests.Testing;

namespace Optimove.Portal.Providers.Tests.Cheetah;

/// <summary>The table of the Cheetah Messaging guide, a test a row.</summary>
public sealed class CheetahMetricTests : IAsyncLifetime
{
    private CheetahRig _rig = null!;
    private MetricsReading _reading = null!;
    private JsonNode _raw = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _rig = (CheetahRig)await CheetahRig.StartAsync();
        var (order, ledger) = (_rig.Order(5000), new TestLedger());
        await _rig.Provider.SendAsync(_rig.Connection, order, _rig.Chunks(_rig.Reachable(5000)), ledger, Stop);
        _rig.AdvancePast(order);
        _rig.Clock.Advance(TimeSpan.FromDays(7));
        _reading = (await _rig.Provider.GetMetricsAsync(_rig.Connection, order, ledger, Stop))!;
        _raw = JsonNode.Parse(_reading.Raw)!;
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public void Sent_at_Cheetah_is_Sent() => AssertSame("Sent", _reading.Sent);

    [Fact]
    public void Received_at_Cheetah_is_Delivered() => AssertSame("Received", _reading.Delivered);

    [Fact]
    public void MessageOpens_at_Cheetah_is_Unique_Opens() => AssertSame("MessageOpens", _reading.UniqueOpens);

    [Fact]
    public void MessageClicks_at_Cheetah_is_Unique_Clicks() => AssertSame("MessageClicks", _reading.UniqueClicks);

    [Fact]
    public void Unsubs_at_Cheetah_is_Unique_Unsubscribes() => AssertSame("Unsubs", _reading.Unsubscribed);

    [Fact]
    public void Each_figure_is_a_different_one_and_what_Cheetah_does_not_offer_is_not_zero()
    {
        long?[] offered = [_reading.Sent, _reading.Delivered, _reading.UniqueOpens, _reading.UniqueClicks, _reading.Unsubscribed];
        Assert.Equal(5, offered.Distinct().Count());
        Assert.All(offered, figure => Assert.True(figure > 0));
        Assert.All((long?[])[_reading.Bounced, _reading.TotalOpens, _reading.TotalClicks, _reading.Complaints], Assert.Null);
    }

    private void AssertSame(string atCheetah, long? here) => Assert.Equal((long)_raw[atCheetah]!, here);
}
