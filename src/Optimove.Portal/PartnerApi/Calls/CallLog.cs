using System.Threading.Channels;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Shell.Operations;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Calls;

/// <summary>
/// Keeps the calls without keeping them waiting: they are queued in memory and written twice a second, a client's in one statement. When the
/// queue is full or the database is away, lines are lost and counted, never answers.
/// </summary>
public sealed class CallLog(ForEachTenant tenants, TimeProvider clock, ILogger<CallLog> log) : BackgroundService
{
    private const int Most = 20_000, Batch = 2_000, LongestError = 300;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly Channel<(TenantScope Tenant, ApiCallLine Line)> _queue =
        Channel.CreateBounded<(TenantScope, ApiCallLine)>(new BoundedChannelOptions(Most) { SingleReader = true });
    private long _lost;

    public void Add(ApiCaller caller, ApiFunction function, ApiAnswer answer, long requestBytes, TimeSpan duration)
    {
        var error = answer.Error is { } sentence ? Masking.Mask(sentence) : null;
        var line = new ApiCallLine
        {
            CredentialId = caller.CredentialId, At = clock.GetUtcNow(), Function = function.Path, Status = answer.Status, DurationMs = (int)duration.TotalMilliseconds,
            RequestBytes = requestBytes, ResponseBytes = answer.Length, Error = error?.Length > LongestError ? error[..LongestError] : error,
        };
        if (!_queue.Writer.TryWrite((caller.Tenant, line))) Interlocked.Increment(ref _lost);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAsync();
        }
        catch (OperationCanceledException)
        {
            // What came in until the stop is written below.
        }
        await WriteAsync();
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            var batch = new List<(TenantScope Tenant, ApiCallLine Line)>();
            while (batch.Count < Batch && _queue.Reader.TryRead(out var next)) batch.Add(next);
            if (batch.Count == 0) break;
            foreach (var group in batch.GroupBy(b => b.Tenant)) await WriteAsync(group.Key, [.. group.Select(g => g.Line)]);
        }
        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost) log.LogWarning("{Lost} lines of the call log were lost because the queue was full", lost);
    }

    private async Task WriteAsync(TenantScope tenant, List<ApiCallLine> lines)
    {
        try
        {
            await tenants.InScopeAsync(tenant, "call log", (services, cancellation) => InsertAsync(services.GetRequiredService<TenantDatabase>(), tenant, lines, cancellation), CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogError(e, "{Lines} lines of the call log of tenant {Tenant} could not be written and are lost", lines.Count, tenant.Slug);
        }
    }

    private static async Task InsertAsync(TenantDatabase database, TenantScope tenant, List<ApiCallLine> lines, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("insert-calls.sql"), connection)
        {
            Parameters =
            {
                new() { Value = tenant.Id }, new() { Value = Of(l => l.CredentialId) }, new() { Value = Of(l => l.At) }, new() { Value = Of(l => l.Function) },
                new() { Value = Of(l => l.Status) }, new() { Value = Of(l => l.DurationMs) }, new() { Value = Of(l => l.RequestBytes) }, new() { Value = Of(l => l.ResponseBytes) },
                new() { Value = Of(l => l.Error) },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);

        T[] Of<T>(Func<ApiCallLine, T> value) => [.. lines.Select(value)];
    }
}
