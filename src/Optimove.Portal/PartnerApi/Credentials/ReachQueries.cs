using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>Answers what a caller may use at this moment: of what its key names, what still exists.</summary>
public sealed class ReachQueries(IDbContextFactory<PortalDb> databases)
{
    public async Task<Reach> OfAsync(ApiCaller caller, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var channels = await db.PartnerChannels.Where(c => c.RemovedAt == null).OrderBy(c => c.ChannelId).Select(c => c.ChannelId).ToListAsync(cancellation);
        var fields = await db.CustomerAttributes.OrderBy(a => a.Field).Select(a => a.Field).ToListAsync(cancellation);
        return new([.. channels.Where(caller.MayReach)], [.. fields.Where(caller.MayRead)]);
    }
}

/// <summary>Numbers of channels and fields of attributes.</summary>
public sealed record Reach(IReadOnlyList<int> ChannelIds, IReadOnlyList<string> Fields);
