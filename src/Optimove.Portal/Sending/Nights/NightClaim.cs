using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Nights;

/// <summary>Takes the tenant's present night for this process, once its hour has come.</summary>
internal static class NightClaim
{
    // A night's import may be long; a process that dies leaves the night to the next one after this.
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);
    private static readonly string Process = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    public static async Task<Night?> TakeAsync(PortalDb db, TenantScope tenant, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var nightlyAt = await db.Tenants.Where(t => t.Id == tenant.Id).Select(t => t.NightlyAt).SingleAsync(cancellation);
        var date = tenant.DayOf(WallClock.LastAtOrBefore(now, nightlyAt, tenant.Zone));
        await db.Database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("claim-night.sql"), (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters =
            {
                new() { Value = tenant.Id }, new() { Value = date }, new() { Value = Process }, new() { Value = Length }, new() { Value = now },
            },
        };
        return await command.ExecuteScalarAsync(cancellation) is int id ? await db.Nights.SingleAsync(n => n.Id == id, cancellation) : null;
    }
}
