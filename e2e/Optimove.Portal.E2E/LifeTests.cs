using System.Diagnostics;
using Optimove.Portal.E2E.Testing;

namespace Optimove.Portal.E2E;

/// <summary>Starting, stopping and dying as an operator sees them.</summary>
public sealed class LifeTests(Browser browser, ITestOutputHelper output) : IAsyncLifetime
{
    // Few customers: what is tried here does not depend on them.
    private readonly PortalProcess _portal = new(new() { ["Demo__Customers"] = "300" });

    private string PidFile => Path.Combine(_portal.DatabaseFolder, "data", "postmaster.pid");

    public async ValueTask InitializeAsync() => await _portal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_killed_portal_takes_its_database_with_it_and_starts_again_on_the_same_data()
    {
        await using var tab = await browser.SignInAsync(_portal, "marketer");
        await tab.Page.OpenAsync("/aurelia/campaigns/2");
        await Expect(tab.Page.Heading("Weekend edit")).ToBeVisibleAsync();
        var server = File.ReadLines(PidFile).First();
        await _portal.KillAsync();
        for (var clock = Stopwatch.StartNew(); Directory.Exists("/proc/" + server); await Task.Delay(20, TestContext.Current.CancellationToken))
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), "The database outlived the portal.");
        var start = Stopwatch.StartNew();
        await _portal.StartAsync();
        output.WriteLine($"ready again after {start.Elapsed.TotalSeconds:F1} s");
        await tab.Page.OpenAsync("/aurelia/campaigns");
        await Expect(tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Weekend edit" })).ToContainTextAsync("Scheduled");
    }

    [Fact]
    public async Task An_interrupted_portal_stops_cleanly_with_its_database()
    {
        Assert.Equal(0, await _portal.StopAsync());
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task A_second_start_on_the_same_data_says_where_the_first_one_is()
    {
        await using var second = new PortalProcess(new() { ["Database__Folder"] = _portal.DatabaseFolder });
        await Assert.ThrowsAsync<InvalidOperationException>(second.StartAsync);
        var said = string.Join('\n', second.Log);
        Assert.Contains($"already runs at {_portal.Url}", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }
}
