using Optimove.Portal.Campaigns;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.Faults;

/// <summary>Two portals share one database and one night; one of them is killed in the middle of it.</summary>
public sealed class TwoPortalsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Customers = 4_200;
    private const int Campaigns = 6;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task One_night_on_two_portals_makes_each_list_once_and_finishes_each_push_once_though_one_dies()
    {
        KillingProxy? proxy = null;
        await using var world = await SendingWorld.CreateAsync(database, Customers, async twin => (proxy = await KillingProxy.StartAsync(twin)).Address, "two");
        var files = Directory.CreateTempSubdirectory("two-portals-");
        try
        {
            await DropFileAsync(files.FullName);
            var occurrences = new List<int>();
            for (var n = 0; n < Campaigns; n++) occurrences.Add(await world.AddCampaignAsync());
            (string, string)[] settings = [("Imports__Root", files.FullName)];
            using var first = PortalChild.Start(database.Options, settings);
            using var second = PortalChild.Start(database.Options, settings);
            // Struck in the middle of the pushes, whichever of the two is calling.
            proxy!.Plan(Campaigns * 6, KillAt.AfterItTookEffect, first.Kill);
            await Eventually.Async(async () => await AllDoneAsync(world, occurrences), Deadline, "every push to end");
            Assert.True(first.HasExited, "The first portal was not killed during the pushes, so the test proved nothing.");
            Assert.False(second.HasExited);
            foreach (var id in occurrences) await AssertOnceAsync(world, id);
            Assert.Equal(1, await database.AskAsync<long>("select count(*) from nights"));
            Assert.Equal(1, await database.AskAsync<long>("select count(*) from import_runs where file_name = 'subscriptions.csv' and state = 'Done'"));
        }
        finally
        {
            await proxy!.DisposeAsync();
            files.Delete(recursive: true);
        }
    }

    private static async Task<bool> AllDoneAsync(SendingWorld world, List<int> occurrences)
    {
        foreach (var id in occurrences)
        {
            if ((await world.OccurrenceAsync(id)).State != OccurrenceState.HandedOver) return false;
        }
        return true;
    }

    private async Task AssertOnceAsync(SendingWorld world, int id)
    {
        var o = await world.OccurrenceAsync(id);
        Assert.Equal(Customers, o.Considered);
        Assert.Equal(Customers, await database.AskAsync<long>($"select count(*) from {world.Tenant.Schema}.recipients where occurrence_id = {id}"));
        var deliveries = world.Account.Deliveries(o.DispatchId, includeScheduled: true);
        Assert.All(deliveries, d => Assert.Equal(1, d.Value));
        Assert.Equal(o.Accepted, deliveries.Count);
        Assert.Equal((0, 0), (o.StillToGo, o.Unknown));
    }

    private static async Task DropFileAsync(string root)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "two")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "subscriptions.csv"), "customer_id,channel,opt_in\nC-1,email,no\nC-2,email,no\n");
    }
}
