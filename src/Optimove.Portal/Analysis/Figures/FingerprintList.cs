using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Analysis.Figures;

/// <summary>
/// The SHA-256 of an occurrence's recipient list in lower-case hexadecimal, over "customer,fate" and a line feed for each considered customer in
/// the byte order of their ids: anybody who has the list can prove that it is the one that was measured. A list never changes once it is made.
/// </summary>
public sealed class FingerprintList(TenantDatabase database, TenantContext tenant, IMemoryCache cache)
{
    public async Task<string> RunAsync(int occurrenceId, CancellationToken cancellation = default)
    {
        var key = (nameof(FingerprintList), tenant.Current.Id, occurrenceId);
        if (cache.TryGetValue(key, out string? kept)) return kept!;
        return cache.Set(key, await ReadAsync(occurrenceId, cancellation), TimeSpan.FromHours(1));
    }

    private async Task<string> ReadAsync(int occurrenceId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("""
            select customer_id || case when chunk is not null then ',send' when reason is null then ',control' else ',excluded' end || e'\n'
            from recipients where occurrence_id = $1 order by customer_id collate "C"
            """, connection)
        {
            CommandTimeout = 300, Parameters = { new() { Value = occurrenceId } },
        };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) hash.AppendData(Encoding.UTF8.GetBytes(reader.GetString(0)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
