using System.Threading.Channels;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Shell.Operations;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Calls;

/// <summary>
/// Keeps the calls without keeping them waiting: they are queued in memory and written twice a second, a client's in one statement. Of many calls
/// alike in that time the first have a line each and the others one together, as a program that reports events makes thousands a second. When the queue
/// is full or the database is away, lines are lost and counted, never answers.
/// </summary>
public sealed class CallLog(ForEachTenant tenants, TimeProvider clock, ILogger<CallLog> log) : BackgroundService
{
    private const int Most = 100_000, Each = 10, Batch = 2_000, LongestError = 300;
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
        var calls = new List<(TenantScope Tenant, ApiCallLine Line)>();
        while (calls.Count < Most && _queue.Reader.TryRead(out var next)) calls.Add(next);
        foreach (var client in calls.GroupBy(c => c.Tenant, c => c.Line))
        {
            foreach (var lines in Shorten(client).Chunk(Batch)) await WriteAsync(client.Key, lines);
        }
        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost) log.LogWarning("{Lost} lines of the call log were lost because the queue was full", lost);
    }

    /// <summary>The first calls alike as they are, and one line for all that follow: the last one's time, the longest duration, sizes together.</summary>
    internal static IEnumerable<ApiCallLine> Shorten(IEnumerable<ApiCallLine> calls)
    {
        foreach (var alike in calls.GroupBy(c => (c.CredentialId, c.Function, c.Status, c.Error)))
        {
            foreach (var call in alike.Take(Each)) yield return call;
            var rest = alike.Skip(Each).ToList();
            if (rest.Count > 0)
            {
                yield return new()
                {
                    CredentialId = alike.Key.CredentialId, At = rest.Max(c => c.At), Function = alike.Key.Function, Status = alike.Key.Status, DurationMs = rest.Max(c => c.DurationMs),
                    RequestBytes = rest.Sum(c => c.RequestBytes), ResponseBytes = rest.Sum(c => c.ResponseBytes), Error = alike.Key.Error, Calls = rest.Count,
                };
            }
        }
    }

    private async Task WriteAsync(TenantScope tenant, IReadOnlyList<ApiCallLine> lines)
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

    private static async Task InsertAsync(TenantDatabase database, TenantScope tenant, IReadOnlyList<ApiCallLine> lines, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("insert-calls.sql"), connection)
        {
            Parameters =
            {
                new() { Value = tenant.Id }, new() { Value = Of(l => l.CredentialId) }, new() { Value = Of(l => l.At) }, new() { Value = Of(l => l.Function) },
                new() { Value = Of(l => l.Status) }, new() { Value = Of(l => l.DurationMs) }, new() { Value = Of(l => l.RequestBytes) }, new() { Value = Of(l => l.ResponseBytes) },
                new() { Value = Of(l => l.Error) }, new() { Value = Of(l => l.Calls) },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);

        T[] Of<T>(Func<ApiCallLine, T> value) => [.. lines.Select(value)];
    }
}
