using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Optimove.Portal.Customers;

namespace Optimove.Portal.Tests.Customers.Import;

public sealed class CdnowTests(ImportDatabase database) : IClassFixture<ImportDatabase>
{
    [Fact]
    public async Task Real_purchases_of_2357_customers_come_in_whole()
    {
        var source = Path.Combine(Environment.GetEnvironmentVariable("PORTAL_SHARED") ?? Path.Combine(RepositoryRoot(), "..", "shared"), "data", "cdnow", "transactions.txt");
        Assert.SkipUnless(File.Exists(source), $"The CDNOW purchases are not at {Path.GetFullPath(source)}; set PORTAL_SHARED to the folder that holds data/cdnow.");
        var purchases = (await File.ReadAllLinesAsync(source, TestContext.Current.CancellationToken))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(f => f.Length == 5).ToList();
        var tenant = await database.TenantAsync();

        var customers = await ImportAsync(tenant, ImportKind.Customers, ["customer_id", .. purchases.Select(p => p[0]).Distinct()]);
        var transactions = await ImportAsync(tenant, ImportKind.Transactions,
            ["customer_id,occurred_at,amount,currency,external_id", .. purchases.Select((p, i) => $"{p[0]},{p[2][..4]}-{p[2][4..6]}-{p[2][6..]},{p[4]},USD,line-{i + 1}")]);

        Assert.Equal((2357, 0), (customers.RowsLoaded, customers.RowsRejected));
        Assert.Equal((6919, 0, 0), (transactions.RowsLoaded, transactions.RowsRejected, transactions.UnknownCustomerRows));
        Assert.Equal(purchases.Sum(p => decimal.Parse(p[4], CultureInfo.InvariantCulture)), transactions.AmountSum);
        Assert.Equal(["2357|2457|1411"], await tenant.RowsAsync("""
            select count(*), sum(days - 1)::bigint, count(*) filter (where days = 1) from (
              select c.customer_id, count(distinct (t.occurred_at at time zone 'UTC')::date) as days
              from customers c join transactions t using (customer_id) where t.occurred_at < '1997-10-01Z' group by 1) as d
            """));
    }

    private static async Task<Portal.Customers.Import.ImportReport> ImportAsync(ImportTenant tenant, ImportKind kind, IEnumerable<string> lines)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(path, lines, new UTF8Encoding(false), TestContext.Current.CancellationToken);
            await using var file = File.OpenRead(path);
            return await tenant.ImportAsync(kind, file);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string RepositoryRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (folder.Parent is not null && !File.Exists(Path.Combine(folder.FullName, "Optimove.Portal.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
