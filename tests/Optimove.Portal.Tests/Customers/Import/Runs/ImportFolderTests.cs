using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Customers.Import.Runs;

namespace Optimove.Portal.Tests.Customers.Import.Runs;

public sealed class ImportFolderTests(ClientHouse house) : IClassFixture<ClientHouse>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_are_imported_customers_first_and_moved_aside()
    {
        var client = await house.ClientAsync();
        await WriteAsync(client, "transactions-2026-06-17.csv", "customer_id,occurred_at,amount\nC-1,2026-06-16T10:00:00Z,12.50\n");
        await File.WriteAllBytesAsync(Path.Combine(client.Folder, "customers.csv.gz"), Client.Zipped("customer_id,visits\nC-1,1\n"), Stop);
        await WriteAsync(client, "subscriptions.csv", "customer,channel\nC-1,email\n");
        await WriteAsync(client, "customers.csv.part", "customer_id\n");
        await WriteAsync(client, "notes.txt", "hello");
        // Other tests of the class move the clock.
        var stamp = house.Clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        await client.DoAsync<ImportFolder>(u => u.RunAsync(Stop));
        var runs = await client.ReadAsync(db => Task.FromResult(db.ImportRuns.OrderBy(r => r.Id).Select(r => new { r.Kind, r.State, r.Source }).ToList()));
        Assert.Equal([(ImportKind.Customers, ImportState.Done), (ImportKind.Transactions, ImportState.Done), (ImportKind.Subscriptions, ImportState.Refused)], runs.Select(r => (r.Kind, r.State)));
        Assert.All(runs, r => Assert.Equal(ImportSource.Folder, r.Source));
        Assert.Equal(["customers.csv.part", "notes.txt"], Names(client.Folder));
        Assert.Equal([$"{stamp}-customers.csv.gz", $"{stamp}-transactions-2026-06-17.csv"], Names(Path.Combine(client.Folder, "done")));
        Assert.Equal([$"{stamp}-subscriptions.csv"], Names(Path.Combine(client.Folder, "refused")));
    }

    [Fact]
    public async Task A_folder_of_one_client_is_not_read_for_another()
    {
        var (ours, others) = (await house.ClientAsync(), await house.ClientAsync());
        await WriteAsync(ours, "customers.csv", "customer_id\nC-1\n");
        await others.DoAsync<ImportFolder>(u => u.RunAsync(Stop));
        Assert.Equal(["customers.csv"], Names(ours.Folder));
    }

    [Fact]
    public async Task Old_versions_rejects_and_files_are_tidied_away_and_young_ones_stay()
    {
        var client = await house.ClientAsync();
        var first = await client.ImportAsync("customer_id,visits\nC-1,x\n" + string.Concat(Enumerable.Range(2, 30).Select(i => $"C-{i},1\n")));
        await client.CustomersAsync(30);
        await WriteAsync(client, "customers.csv", "customer_id\nC-1\n");
        await client.DoAsync<ImportFolder>(u => u.RunAsync(Stop));
        var done = Directory.GetFiles(Path.Combine(client.Folder, "done")).Single();
        File.SetLastWriteTimeUtc(done, house.Clock.GetUtcNow().UtcDateTime);
        await client.DoAsync<TidyImports>(u => u.RunAsync(Stop));
        Assert.Equal((2, 1, true), (await VersionsAsync(client), await RejectsAsync(client, first.Id), File.Exists(done)));
        var now = house.Clock.GetUtcNow();
        await client.SqlAsync($"update public.import_runs set started_at = started_at - interval '31 days' where id = {first.Id}");
        File.SetLastWriteTimeUtc(done, now.UtcDateTime.AddDays(-31));
        house.Clock.Advance(TimeSpan.FromDays(8));
        await client.DoAsync<TidyImports>(u => u.RunAsync(Stop));
        Assert.Equal((0, 0, false), (await VersionsAsync(client), await RejectsAsync(client, first.Id), File.Exists(done)));
        Assert.Equal(1, await client.AskAsync<long>("select count(*) from {t}.customers"));
    }

    [Theory]
    [InlineData("customers.csv", ImportKind.Customers)]
    [InlineData("Customers-2026-06-17.CSV.GZ", ImportKind.Customers)]
    [InlineData("customer_apps.csv", ImportKind.CustomerApps)]
    [InlineData("transactions_3.csv", ImportKind.Transactions)]
    [InlineData("subscriptions.csv", ImportKind.Subscriptions)]
    [InlineData("customersold.csv", null)]
    [InlineData("customers.csv.part", null)]
    [InlineData("customers.xlsx", null)]
    public void A_name_tells_the_kind(string name, ImportKind? kind) => Assert.Equal(kind, FileKinds.OfName(name));

    [Theory]
    [InlineData("customer_id,email", ImportKind.Customers)]
    [InlineData("Customer ID,Occurred At,Amount", ImportKind.Transactions)]
    [InlineData("customer_id,channel,opt_in", ImportKind.Subscriptions)]
    [InlineData("customer_id,app_id", ImportKind.CustomerApps)]
    [InlineData("name,email", null)]
    public void A_header_tells_the_kind(string header, ImportKind? kind) => Assert.Equal(kind, FileKinds.OfHeader(header.Split(',')));

    private static Task WriteAsync(Client client, string name, string text) => File.WriteAllTextAsync(Path.Combine(client.Folder, name), text, Stop);

    private static IEnumerable<string?> Names(string folder) => Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static async Task<int> VersionsAsync(Client client) => (int)await client.AskAsync<long>("select count(*) from pg_tables where schemaname = '{t}' and tablename like 'customers\\_v%'");

    private static async Task<int> RejectsAsync(Client client, int run) => (int)await client.AskAsync<long>($"select count(*) from {{t}}.import_rejects where import_id = {run}");
}
