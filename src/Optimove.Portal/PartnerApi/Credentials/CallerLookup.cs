using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>
/// Looks up whose secrets these are: for all calls that came in while the query before was under way, in one query. That a secret works is
/// remembered for the <see cref="RightsMemory"/>; what does not work is asked anew each time, so that it works from the moment that it should.
/// </summary>
public sealed class CallerLookup(ForEachTenant tenants, PreparedDatabase database, IOptions<PartnerApiOptions> options, TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    // What a credential may reach never changes: who is to reach something else gets another credential.
    private readonly ConcurrentDictionary<int, ApiCaller> _callers = new();
    private readonly ConcurrentDictionary<byte[], (long AskedAt, Task<KnownSecret?> Found)> _remembered = new(ByHash.Instance);
    private readonly Lock _gate = new();
    private Dictionary<byte[], TaskCompletionSource<KnownSecret?>> _waiting = New();
    private bool _running;

    /// <param name="hash">32 bytes: SHA-256 of the kind and the secret.</param>
    /// <returns>Null where the secret is unknown, revoked or over.</returns>
    public Task<KnownSecret?> FindAsync(byte[] hash)
    {
        if (_remembered.TryGetValue(hash, out var known) && Stopwatch.GetElapsedTime(known.AskedAt) < RightsMemory.Life && known.Found.Result!.Works(clock.GetUtcNow())) return known.Found;
        lock (_gate)
        {
            if (!_waiting.TryGetValue(hash, out var found)) _waiting[hash] = found = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_running) _ = Task.Run(DrainAsync);
            _running = true;
            return found.Task;
        }
    }

    /// <summary>The next call with this secret asks the database.</summary>
    public void Forget(byte[] hash) => _remembered.TryRemove(hash, out _);

    // The connection is given back when nobody waits any more: what the pool does between two uses costs more than the query.
    private async Task DrainAsync()
    {
        NpgsqlConnection? connection = null;
        while (Next() is { Count: > 0 } asked)
        {
            try
            {
                connection ??= await database.Source.OpenConnectionAsync();
                var askedAt = Stopwatch.GetTimestamp();
                var found = await AskAsync(connection, [.. asked.Keys]);
                Remember(found.Where(f => !f.Value.IsSuspended), askedAt);
                foreach (var (hash, answer) in asked) answer.SetResult(found.GetValueOrDefault(hash));
                // Behind all that is ready to run, so that calls that are just coming in are asked about together.
                await Task.Yield();
            }
            catch (Exception e)
            {
                foreach (var answer in asked.Values) answer.TrySetException(e);
                await CloseAsync();
            }
        }
        await CloseAsync();

        async Task CloseAsync()
        {
            if (connection is not null) await connection.DisposeAsync();
            connection = null;
        }
    }

    private void Remember(IEnumerable<KeyValuePair<byte[], KnownSecret>> working, long askedAt)
    {
        if (_remembered.Count > MostRemembered) _remembered.Clear();
        foreach (var (hash, secret) in working) _remembered[hash] = (askedAt, Task.FromResult<KnownSecret?>(secret));
    }

    private Dictionary<byte[], TaskCompletionSource<KnownSecret?>> Next()
    {
        lock (_gate)
        {
            var asked = _waiting;
            _running = asked.Count > 0;
            if (_running) _waiting = New();
            return asked;
        }
    }

    private async Task<Dictionary<byte[], KnownSecret>> AskAsync(NpgsqlConnection connection, byte[][] hashes)
    {
        var found = new Dictionary<byte[], KnownSecret>(ByHash.Instance);
        foreach (var row in await RowsAsync(connection, hashes))
        {
            if (!_callers.TryGetValue(row.CredentialId, out var caller)) _callers[row.CredentialId] = caller = await ReadAsync(row.Tenant, row.CredentialId);
            found[row.Hash] = new(caller with { Tenant = row.Tenant }, row.EndsAt, row.IsSuspended);
        }
        return found;
    }

    // By hand, because what EF Core prepares for each query costs as much as everything else that a call does.
    private Task<List<SecretRow>> RowsAsync(NpgsqlConnection connection, byte[][] hashes) => connection.ListAsync(SqlFile.Read("find-secrets.sql"),
        r => new SecretRow(r.GetFieldValue<byte[]>(0), r.GetInt32(1), r.IsDBNull(2) ? null : r.GetFieldValue<DateTimeOffset>(2),
            new(r.GetInt32(3), r.GetString(4), r.GetString(5), r.GetString(6), r.GetString(7)), r.GetBoolean(8)), CancellationToken.None, hashes, clock.GetUtcNow());

    private async Task<ApiCaller> ReadAsync(TenantScope tenant, int credentialId)
    {
        ApiCaller? caller = null;
        await tenants.InScopeAsync(tenant, "API", async (services, cancellation) =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(cancellation);
            var credential = await db.ApiCredentials.AsNoTracking().SingleAsync(c => c.Id == credentialId, cancellation);
            caller = new(tenant, credential.Id, credential.Name, credential.Kind, credential.ChannelIds, credential.Fields, credential.CallsPerWindow ?? options.Value.CallsPerWindow);
        }, CancellationToken.None);
        return caller!;
    }

    private static Dictionary<byte[], TaskCompletionSource<KnownSecret?>> New() => new(ByHash.Instance);

    private sealed record SecretRow(byte[] Hash, int CredentialId, DateTimeOffset? EndsAt, TenantScope Tenant, bool IsSuspended);

    private sealed class ByHash : IEqualityComparer<byte[]>
    {
        public static readonly ByHash Instance = new();
        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);
        public int GetHashCode(byte[] hash) => BitConverter.ToInt32(hash);
    }
}

/// <summary>A secret that works.</summary>
/// <param name="EndsAt">Until when; null for ever.</param>
/// <param name="IsSuspended">Whether the client is: nothing works then.</param>
public sealed record KnownSecret(ApiCaller Caller, DateTimeOffset? EndsAt, bool IsSuspended)
{
    internal bool Works(DateTimeOffset now) => !IsSuspended && !(EndsAt <= now);
}
