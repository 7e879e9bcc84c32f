using System.Text.Json;
using Optimove.Portal.Twins.MailChimp;
using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.Saved;

public sealed class WorldFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public async Task A_loaded_world_goes_on_where_the_saved_one_stopped()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var sent = await twin.SentAsync(997);
        twin.Clock.Move(TimeSpan.FromDays(2));
        var scheduled = await twin.CampaignAsync(await twin.SegmentAsync(300, "opt-2"), "opt-2");
        await twin.ScheduleAsync(scheduled, "2026-03-03T09:00:00Z");
        twin.Account.DeleteTemplate(10003);
        await twin.World.SaveAsync(_path, TestContext.Current.CancellationToken);

        var loaded = new TwinWorld(twin.Clock);
        Assert.True(await loaded.LoadAsync(_path, TestContext.Current.CancellationToken));
        AssertSame(twin.Account, loaded.MailChimp("demo"));
        twin.Clock.Move(TimeSpan.FromDays(6));
        AssertSame(twin.Account, loaded.MailChimp("demo"));
        Assert.Equal(JsonSerializer.Serialize(twin.Account.FiguresOf(sent)), JsonSerializer.Serialize(loaded.MailChimp("demo").FiguresOf(sent)));
        Assert.NotEmpty(loaded.MailChimp("demo").RecipientsOf(scheduled));
    }

    [Fact]
    public async Task A_world_without_a_file_is_not_loaded()
    {
        var world = new TwinWorld(TimeProvider.System);
        Assert.False(await world.LoadAsync(_path + ".none", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_host_seeds_once_and_finds_everything_again_at_its_next_start()
    {
        File.Delete(_path);
        var seeds = 0;
        var options = new TwinOptions { Clock = TimeProvider.System, StatePath = _path, Seed = world => { seeds++; world.AddMailChimp("demo", MailChimpTwin.Key).AddList("first", "First"); } };
        await RunAsync(options, host => host.World.MailChimp("demo").AddMembers("first", ["ann@mail.test"]));
        await RunAsync(options, host => Assert.Equal(1, host.World.MailChimp("demo").Observe().Lists[0].Members));
        Assert.Equal(1, seeds);
    }

    [Fact]
    public async Task A_change_is_written_soon_without_being_asked()
    {
        File.Delete(_path);
        var world = new TwinWorld(TimeProvider.System);
        await using var host = await TwinHost.StartAsync(world, statePath: _path, cancellation: TestContext.Current.CancellationToken);
        world.AddMailChimp("demo", MailChimpTwin.Key).AddList("first", "First");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!File.Exists(_path)) await Task.Delay(20, deadline.Token);
        Assert.Contains("\"First\"", await File.ReadAllTextAsync(_path, deadline.Token));
    }

    private static async Task RunAsync(TwinOptions options, Action<TwinHost> then)
    {
        using var stop = new CancellationTokenSource();
        await TwinHost.RunAsync(options with
        {
            Started = host =>
            {
                then(host);
                stop.Cancel();
            },
        }, stop.Token);
    }

    private static void AssertSame(MailChimpAccount one, MailChimpAccount other)
    {
        var (a, b) = (one.Observe(), other.Observe());
        Assert.Equal(a.Lists, b.Lists);
        Assert.Equal(a.Segments, b.Segments);
        Assert.Equal(a.Campaigns, b.Campaigns);
        Assert.Equal(one.Deliveries().OrderBy(d => d.Key), other.Deliveries().OrderBy(d => d.Key));
    }

    public void Dispose() => File.Delete(_path);
}
