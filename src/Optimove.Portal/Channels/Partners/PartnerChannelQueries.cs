using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels.Partners.Templates;
using Optimove.Portal.Data;

namespace Optimove.Portal.Channels.Partners;

/// <summary>Reads the entered client's partner channels.</summary>
public sealed class PartnerChannelQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>Every channel with how much its partner has told, by number.</summary>
    public async Task<IReadOnlyList<PartnerChannelLine>> ListAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.PartnerChannels.AsNoTracking().Where(c => c.RemovedAt == null).OrderBy(c => c.ChannelId).Select(c => new PartnerChannelLine(c,
            db.Templates.Count(t => t.ConnectionId == c.ConnectionId && t.GoneAt == null), db.ChannelApps.Count(a => a.PartnerChannelId == c.Id && a.GoneAt == null),
            c.Connection.TemplatesAt)).ToListAsync(cancellation);
    }

    /// <summary>The channel of this number; null where there is none.</summary>
    public async Task<PartnerChannel?> FindAsync(int channelId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.PartnerChannels.AsNoTracking().SingleOrDefaultAsync(c => c.ChannelId == channelId && c.RemovedAt == null, cancellation);
    }

    /// <summary>The channel of this number.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<PartnerChannel> GetAsync(int channelId, CancellationToken cancellation) =>
        await FindAsync(channelId, cancellation) ?? throw new RefusedException($"ChannelID {channelId} is not a channel of this client.");

    /// <summary>The templates that a partner offers on a channel, by id; one of them where an id is given.</summary>
    public async Task<IReadOnlyList<OfferedTemplate>> TemplatesAsync(int channelId, long? templateId, CancellationToken cancellation)
    {
        var channel = await GetAsync(channelId, cancellation);
        var only = templateId?.ToString(CultureInfo.InvariantCulture);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = await db.Templates.Where(t => t.ConnectionId == channel.ConnectionId && t.GoneAt == null && (only == null || t.ProviderId == only))
            .Select(t => new { t.ProviderId, t.Name, t.ScopeId }).ToListAsync(cancellation);
        return [.. found.Select(t => new OfferedTemplate(long.Parse(t.ProviderId, CultureInfo.InvariantCulture), t.Name, t.ScopeId)).OrderBy(t => t.TemplateId)];
    }
}

/// <summary>A channel and what its partner has told: templates and apps on offer, and when last.</summary>
public sealed record PartnerChannelLine(PartnerChannel Channel, int Templates, int Apps, DateTimeOffset? TemplatesAt);
