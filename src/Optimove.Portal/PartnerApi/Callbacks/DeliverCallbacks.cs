using System.Text;
using Npgsql;
using Optimove.Portal.Channels.Partners.Listeners;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Callbacks;

/// <summary>Posts the callbacks of a client that are due, several at once. One that is not answered with a 2xx is tried again, ever more rarely, for a day.</summary>
public sealed class DeliverCallbacks(TenantDatabase database, OutsideLine line, TimeProvider clock, ILogger<DeliverCallbacks> log)
{
    private const int Most = 64, AtOnce = 16;

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var due = await ClaimAsync(cancellation);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (one, c) =>
        {
            if (await PostAsync(one.Url, one.Body, c)) await SettleAsync(one.Id, c);
        });
    }

    private async Task<List<(long Id, string Url, string Body)>> ClaimAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("claim-callbacks.sql"), connection) { Parameters = { new() { Value = clock.GetUtcNow() }, new() { Value = Most } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var due = new List<(long, string, string)>();
        while (await reader.ReadAsync(cancellation)) due.Add((reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
        return due;
    }

    private async Task<bool> PostAsync(string url, string body, CancellationToken cancellation)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await line.Http.PostAsync(url, content, cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            log.LogInformation("A callback could not be delivered: {Reason}", e.GetType().Name);
            return false;
        }
    }

    private async Task SettleAsync(long id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("update api_callbacks set next_try_at = null, delivered_at = $2 where id = $1", connection) { Parameters = { new() { Value = id }, new() { Value = clock.GetUtcNow() } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
