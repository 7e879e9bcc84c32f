using Microsoft.EntityFrameworkCore;
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
            db.ChannelTemplates.Count(t => t.PartnerChannelId == c.Id && t.GoneAt == null), db.ChannelApps.Count(a => a.PartnerChannelId == c.Id && a.GoneAt == null),
            db.ChannelTemplates.Where(t => t.PartnerChannelId == c.Id).Max(t => (DateTimeOffset?)t.ChangedAt))).ToListAsync(cancellation);
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
    public async Task<IReadOnlyList<ChannelTemplate>> TemplatesAsync(int channelId, long? templateId, CancellationToken cancellation)
    {
        var channel = await GetAsync(channelId, cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.ChannelTemplates.AsNoTracking().Where(t => t.PartnerChannelId == channel.Id && t.GoneAt == null && (templateId == null || t.TemplateId == templateId))
            .OrderBy(t => t.TemplateId).ToListAsync(cancellation);
    }
}

/// <summary>A channel and what its partner has told: templates and apps on offer, and when last.</summary>
public sealed record PartnerChannelLine(PartnerChannel Channel, int Templates, int Apps, DateTimeOffset? TemplatesAt);
