using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.PartnerApi.Calls;

/// <summary>Reads the call log of the entered client, newest first, for client admins and staff with edit rights.</summary>
public sealed class CallQueries(IDbContextFactory<PortalDb> databases, Actor actor, TimeProvider clock)
{
    /// <param name="credentialId">Null for all.</param>
    /// <param name="function">Part of a function's name; null for all.</param>
    public async Task<CallsView> ListAsync(int? credentialId, string? function, bool failedOnly, GridQuery query, CancellationToken cancellation)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var names = await db.ApiCredentials.AsNoTracking().OrderBy(c => c.Name).ThenBy(c => c.Id)
            .Select(c => new { c.Id, Name = c.RevokedAt == null ? c.Name : c.Name + " (revoked)" }).ToListAsync(cancellation);
        var calls = db.ApiCalls.AsNoTracking();
        if (credentialId is not null) calls = calls.Where(c => c.CredentialId == credentialId);
        if (!string.IsNullOrWhiteSpace(function))
        {
            var pattern = "%" + function.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
            calls = calls.Where(c => EF.Functions.ILike(c.Function, pattern, @"\"));
        }
        if (failedOnly) calls = calls.Where(c => c.Status >= 400);
        var page = await calls.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Skip(query.Offset).Take(query.PageSize).ToListAsync(cancellation);
        var all = await calls.GroupBy(_ => 1).Select(g => new { Lines = g.LongCount(), Calls = g.Sum(c => (long)c.Calls) }).SingleOrDefaultAsync(cancellation);
        return new(new(page, all?.Lines ?? 0), all?.Calls ?? 0, names.ToDictionary(n => n.Id, n => n.Name));
    }
}

/// <summary>A page of calls, how many calls all its lines stand for, and the names of all credentials by id.</summary>
public sealed record CallsView(PageOf<ApiCallLine> Calls, long Made, IReadOnlyDictionary<int, string> Credentials);
