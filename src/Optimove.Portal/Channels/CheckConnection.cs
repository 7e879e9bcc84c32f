using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels;

/// <summary>Runs every item of a connection's checklist that software can check, and keeps each answer with its evidence and time.</summary>
public sealed class CheckConnection(IDbContextFactory<PortalDb> databases, TenantDatabase database, OpenConnection open, TimeProvider clock)
{
    public async Task RunAsync(int connectionId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var connection = await db.Connections.SingleAsync(c => c.Id == connectionId, cancellation);
        var (provider, access) = await open.RunAsync(connectionId, cancellation);
        var withSubject = await db.Templates.CountAsync(t => t.ConnectionId == connectionId && t.Subject != null && t.Unusable == null && t.GoneAt == null, cancellation);
        var input = new CheckInput((n, c) => SampleAsync(provider.Info.Identity, n, c), withSubject);
        var rows = await db.ConnectionChecks.Where(c => c.ConnectionId == connectionId).ToDictionaryAsync(c => c.Item, cancellation);
        foreach (var item in provider.Info.Checklist.Where(i => !i.ByPerson))
        {
            var result = await AskAsync(provider, access, item.Key, input, cancellation);
            if (!rows.TryGetValue(item.Key, out var row))
            {
                row = db.ConnectionChecks.Add(new() { ConnectionId = connectionId, Item = item.Key, Sentence = "" }).Entity;
            }
            (row.State, row.Sentence, row.CheckedAt) = (result.State, result.Sentence, clock.GetUtcNow());
        }
        connection.CheckedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
    }

    private static async Task<CheckResult> AskAsync(IProvider provider, ProviderConnection access, string item, CheckInput input, CancellationToken cancellation)
    {
        try
        {
            return await provider.CheckAsync(access, item, input, cancellation);
        }
        catch (ProviderException e)
        {
            return e.MayRepeat ? CheckResult.Attention(e.Message) : CheckResult.Blocked(e.Message);
        }
    }

    private async Task<IReadOnlyList<string>> SampleAsync(RecipientIdentity identity, int most, CancellationToken cancellation)
    {
        var purpose = identity == RecipientIdentity.EmailAddress ? AttributePurpose.EmailAddress : AttributePurpose.ContactKey;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var attribute = await db.CustomerAttributes.AsNoTracking().SingleOrDefaultAsync(a => a.Purpose == purpose, cancellation);
        if (attribute is null && identity != RecipientIdentity.ExternalId) return [];
        var field = attribute is null ? "customer_id" : $"\"{attribute.Field}\"";
        await using var connection = await database.OpenAsync(cancellation);
        // A page sample is cheap on any size; small tables, where it may hit nothing, are read whole.
        await using var command = new NpgsqlCommand($"""
            select {field} from customers tablesample system (case when (select reltuples from pg_class where oid = 'customers'::regclass) > 200000 then 2 else 100 end)
            where {field} is not null order by random() limit $1
            """, connection) { Parameters = { new() { Value = most } } };
        var sample = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) sample.Add(reader.GetString(0));
        return sample;
    }
}
