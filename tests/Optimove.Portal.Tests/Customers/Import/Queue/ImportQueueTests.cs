using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import.Queue;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Customers.Import.Queue;

public sealed class ImportQueueTests(ClientHouse house) : IClassFixture<ClientHouse>
{
    private ImportQueue Queue => house.Services.GetRequiredService<ImportQueue>();

    [Fact]
    public async Task An_upload_is_imported_after_the_request_and_the_page_are_gone()
    {
        var client = await house.ClientAsync();
        var id = await SendAsync(client, "C:\\data\\customers.csv", "customer_id,visits\nC-1,1\nC-2,2\n");
        await Eventually.Async(async () => (await client.RunOfAsync(id)).State == ImportState.Done, TimeSpan.FromSeconds(30), "the import");
        var run = await client.RunOfAsync(id);
        Assert.Equal(("customers.csv", "Ana Ruiz", ImportSource.Upload, 2L), (run.FileName, run.StartedBy, run.Source, run.RowsLoaded));
        Assert.Contains("import.uploaded", await client.AuditAsync());
        await Eventually.Async(() => Directory.GetFiles(Path.GetDirectoryName(Queue.NewPath())!).Length == 0, what: "the spool to be empty");
    }

    [Fact]
    public async Task A_clients_files_are_imported_in_the_order_of_their_arrival()
    {
        var client = await house.ClientAsync();
        var ids = new List<int>();
        for (var i = 1; i <= 4; i++) ids.Add(await SendAsync(client, "customers.csv", "customer_id,visits\n" + string.Concat(Enumerable.Range(1, 20).Select(n => $"C-{n},{i}\n"))));
        await Eventually.Async(async () => (await client.RunOfAsync(ids[^1])).State == ImportState.Done, TimeSpan.FromSeconds(60), "the last import");
        Assert.Equal(20, await client.AskAsync<long>("select count(*) from {t}.customers where visits = 4"));
        foreach (var id in ids) Assert.Equal(ImportState.Done, (await client.RunOfAsync(id)).State);
    }

    [Theory]
    [InlineData("customer_id\nC-1\n", 5)]
    [InlineData("", 0)]
    public async Task A_file_that_did_not_arrive_whole_leaves_nothing_behind(string text, long size)
    {
        var client = await house.ClientAsync();
        await Assert.ThrowsAsync<RefusedException>(() => SendAsync(client, "customers.csv", text, size));
        Assert.Equal(0, await client.ReadAsync(db => Task.FromResult(db.ImportRuns.Count())));
    }

    [Fact]
    public async Task At_a_stop_the_running_import_says_that_it_broke_off()
    {
        var client = await house.ClientAsync();
        using var queue = ActivatorUtilities.CreateInstance<ImportQueue>(house.Services);
        var run = await client.ReadAsync(async db =>
        {
            var waiting = db.ImportRuns.Add(new() { FileName = "customers.csv", StartedBy = "x", StartedAt = house.Clock.GetUtcNow(), AliveAt = house.Clock.GetUtcNow(), State = ImportState.Running }).Entity;
            await db.SaveChangesAsync();
            return waiting.Id;
        });
        var path = queue.NewPath();
        await File.WriteAllTextAsync(path, "customer_id\nC-1\n", TestContext.Current.CancellationToken);
        await queue.StopAsync(TestContext.Current.CancellationToken);
        await queue.AddAsync(client.Tenant, new(run, path, "customers.csv", ImportKind.Customers, "x"));
        Assert.False(File.Exists(path));
        house.Clock.Advance(TimeSpan.FromMinutes(3));
        await client.DoAsync<MarkBrokenOff>(u => u.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ImportState.Failed, (await client.RunOfAsync(run)).State);
    }

    private static Task<int> SendAsync(Client client, string name, string text, long? size = null) => client.GetAsync<ReceiveUpload, int>(u =>
        u.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), name, ImportKind.Customers, size ?? text.Length, TestContext.Current.CancellationToken));
}
