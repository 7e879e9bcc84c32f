using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Accounts;
using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Shell.Portfolio;

/// <summary>Brings together how the clients that a member of staff sees stand. Each is asked in its own database role, in three questions, one client after the other.</summary>
public sealed class PortfolioQueries(ClientQueries clients, InsideTenant inside, ProviderCatalog providers, TimeProvider clock)
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    /// <summary>Those who need help first; among them the most urgent, then what has been blocked longest.</summary>
    public async Task<IReadOnlyList<PortfolioClient>> ListAsync(ClaimsPrincipal person, CancellationToken cancellation)
    {
        var all = new List<PortfolioClient>();
        foreach (var client in await clients.ListAsync(person, cancellation)) all.Add(await ReadAsync(client, ActingPerson.Of(person), cancellation));
        return InOrder(all);
    }

    internal static IReadOnlyList<PortfolioClient> InOrder(IEnumerable<PortfolioClient> all) =>
        [.. all.OrderBy(c => c.Standing).ThenByDescending(c => c.Urgency).ThenBy(c => c.Blocked.FirstOrDefault()?.Line.Since ?? DateTimeOffset.MaxValue)
            .ThenBy(c => c.Client.Tenant.Name, StringComparer.CurrentCultureIgnoreCase)];

    private async Task<PortfolioClient> ReadAsync(ClientLine client, ActingPerson person, CancellationToken cancellation)
    {
        PortfolioClient? read = null;
        await inside.RunAsync(client.Tenant, person, async work => read = new(client, await HealthAsync(client, work, cancellation), await ConnectionsAsync(work.Db, cancellation)), cancellation);
        return read!;
    }

    private async Task<ClientHealth> HealthAsync(ClientLine client, TenantWork work, CancellationToken cancellation)
    {
        var (now, today) = (clock.GetUtcNow(), client.Tenant.DayOf(clock.GetUtcNow()));
        await using var connection = await work.Sql.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("read-client-health.sql"), connection) { Parameters = { new() { Value = now - Recent }, new() { Value = today } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var date = await reader.IsDBNullAsync(0, cancellation) ? (DateOnly?)null : reader.GetFieldValue<DateOnly>(0);
        var at = await reader.IsDBNullAsync(1, cancellation) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(1);
        return new(date, at, date is { } d ? today.DayNumber - d.DayNumber : 0, reader.GetBoolean(2), Count(3), Count(4), Count(5), Count(6));

        int Count(int column) => (int)reader.GetInt64(column);
    }

    private async Task<IReadOnlyList<PortfolioConnection>> ConnectionsAsync(PortalDb db, CancellationToken cancellation)
    {
        var connections = await db.Connections.Where(c => c.RemovedAt == null).OrderBy(c => c.Name).Select(c => new { c.Id, c.Name, c.Provider }).ToListAsync(cancellation);
        var answers = (await db.ConnectionChecks.AsNoTracking().ToListAsync(cancellation)).ToLookup(a => a.ConnectionId);
        return [.. connections.Select(c => new PortfolioConnection(c.Id, c.Name, ChecklistState.Of(providers[c.Provider].Info, answers[c.Id])))];
    }
}
