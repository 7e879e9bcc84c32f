using System.Text.Json;
using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.MobilePush;

public sealed class SavedTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public async Task A_loaded_account_goes_on_where_the_saved_one_stopped_and_its_sessions_are_over()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        twin.World.AddMailChimp("demo", MailChimpTwin.Key).AddList("first", "First");
        twin.Account.Limit(1500, TimeSpan.FromMinutes(30));
        twin.Account.Scopes.Remove("push_write");
        await twin.OpenAsync();
        await twin.SendAsync(MobilePushTwin.Keys(1000));
        await twin.SendAsync(MobilePushTwin.Keys(1000), "2026-07-02 04:00");
        await twin.World.SaveAsync(_path, TestContext.Current.CancellationToken);

        var loaded = new TwinWorld(twin.Clock);
        Assert.True(await loaded.LoadAsync(_path, TestContext.Current.CancellationToken));
        AssertSame(twin, loaded);
        twin.Clock.Move(TimeSpan.FromDays(2));
        AssertSame(twin, loaded);
        Assert.Equal(997, loaded.MobilePush("demo").Deliveries().Count);
        Assert.Equal(["push_read", "push_send"], loaded.MobilePush("demo").Scopes);
        Assert.Single(loaded.MailChimpAccounts);
    }

    private static void AssertSame(MobilePushTwin twin, TwinWorld loaded)
    {
        var (one, other) = (twin.Account.Observe(0), loaded.MobilePush("demo").Observe(0));
        Assert.Equal(JsonSerializer.Serialize(one with { CallsReceived = 0, PeakConcurrency = 0 }), JsonSerializer.Serialize(other with { CallsReceived = 0, PeakConcurrency = 0 }));
        Assert.Equal(twin.Account.Deliveries().OrderBy(d => d.Key), loaded.MobilePush("demo").Deliveries().OrderBy(d => d.Key));
    }

    public void Dispose() => File.Delete(_path);
}
