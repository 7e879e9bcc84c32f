using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Tests.PartnerApi;

/// <summary>Files of customers for the clients of the house.</summary>
public static class ApiFiles
{
    /// <param name="lines">The header, then a line a customer.</param>
    public static async Task<ImportRun> ImportAsync(this ApiHouse house, TenantScope tenant, params IReadOnlyList<string> lines)
    {
        var file = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        ImportRun? run = null;
        await house.InAsync(tenant, async s => run = await s.GetRequiredService<ImportFile>().RunAsync(new MemoryStream(file), "customers.csv", ImportKind.Customers, ImportSource.Upload, file.Length, TestContext.Current.CancellationToken));
        return run!;
    }

    /// <summary>The day that it is for a client, as programs write it, and days beside it.</summary>
    public static string Day(this ApiHouse house, TenantScope tenant, int later = 0) => tenant.DayOf(house.Clock.GetUtcNow()).AddDays(later).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
