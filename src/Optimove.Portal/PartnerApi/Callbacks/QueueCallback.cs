using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.PartnerApi.Callbacks;

/// <summary>Keeps what a program is to be told; from then on it is told at least once.</summary>
public sealed class QueueCallback(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="url">An address that has been checked.</param>
    public async Task RunAsync<T>(string url, T body, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        db.ApiCallbacks.Add(new() { Url = url, Body = JsonSerializer.Serialize(body, Options), CreatedAt = clock.GetUtcNow(), NextTryAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellation);
    }
}
