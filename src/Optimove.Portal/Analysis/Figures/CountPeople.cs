using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Lists;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Analysis.Figures;

/// <summary>Counts what became of everybody considered for an occurrence, by reason.</summary>
public sealed class CountPeople(TenantDatabase database, TenantContext tenant, IMemoryCache cache)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    public async Task<PeopleCounts> RunAsync(Occurrence o, CancellationToken cancellation = default)
    {
        var key = (nameof(PeopleCounts), tenant.Current.Id, o.Id, o.ListedAt, o.Accepted, o.Rejected);
        if (cache.TryGetValue(key, out PeopleCounts? kept)) return kept!;
        return cache.Set(key, await ReadAsync(o.Id, cancellation), Kept);
    }

    private async Task<PeopleCounts> ReadAsync(int occurrence, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("count-people.sql"), connection) { CommandTimeout = 300, Parameters = { new() { Value = occurrence } } };
        var rows = new List<(string Fate, string Reason, long People)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) rows.Add((reader.GetString(0), reader.IsDBNull(1) ? "" : reader.GetString(1), reader.GetInt64(2)));
        return new(ByReason("excluded"), ByReason("rejected"), rows.Where(r => r.Fate == "shared").Sum(r => r.People));

        IReadOnlyList<ReasonCount> ByReason(string fate) =>
            [.. rows.Where(r => r.Fate == fate).OrderByDescending(r => r.People).ThenBy(r => r.Reason, StringComparer.Ordinal).Select(r => new ReasonCount(r.Reason, r.People))];
    }
}

/// <summary>People who share a reason, as it is stored.</summary>
public readonly record struct ReasonCount(string Reason, long People);

/// <summary>The people of an occurrence who got nothing, by reason, the largest first.</summary>
/// <param name="SharedMailboxes">Mailboxes that are in the test and in the control group; 0 unless the list is broken.</param>
public sealed record PeopleCounts(IReadOnlyList<ReasonCount> Excluded, IReadOnlyList<ReasonCount> Rejected, long SharedMailboxes)
{
    public long Doubles => Excluded.Where(e => e.Reason.StartsWith("same ", StringComparison.Ordinal)).Sum(e => e.People);
}
