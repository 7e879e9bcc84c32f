using Microsoft.Extensions.Caching.Memory;

namespace Optimove.Portal.Customers.Explorer;

/// <summary>How many customers fit a search, remembered for ten minutes or until the next file; the key carries tenant and version of the data.</summary>
public sealed class CustomerCounts : IDisposable
{
    private readonly MemoryCache _counts = new(new MemoryCacheOptions { SizeLimit = 2000 });

    public async Task<long> GetAsync(string key, Func<Task<long>> count) =>
        await _counts.GetOrCreateAsync(key, entry =>
        {
            entry.SetSize(1).SetAbsoluteExpiration(TimeSpan.FromMinutes(10));
            return count();
        });

    public void Dispose() => _counts.Dispose();
}
