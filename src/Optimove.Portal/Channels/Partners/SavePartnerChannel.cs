using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners;

/// <summary>Defines a partner channel or changes one. Its number stays as it was first given, because the partner's programs hold it.</summary>
public sealed class SavePartnerChannel(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TimeProvider clock)
{
    /// <param name="id">Row of the channel to change; null for a new one.</param>
    public async Task RunAsync(int? id, PartnerChannelDraft draft, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        draft.Check();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var channel = id is null ? null : await db.PartnerChannels.SingleOrDefaultAsync(c => c.Id == id && c.RemovedAt == null, cancellation) ?? throw new RefusedException("The channel is no longer there.");
        var before = channel is null ? null : Facts(channel);
        channel ??= db.PartnerChannels.Add(new() { Name = "", ChannelId = draft.ChannelId!.Value, Tags = [], ExcludedTags = [], ExcludedParameters = [], CreatedAt = clock.GetUtcNow() }).Entity;
        (channel.Name, channel.Kind, channel.HasApps, channel.TriggeredUse) = (draft.Name.Trim(), draft.Kind, draft.HasApps, draft.TriggeredUse);
        channel.Tags = [.. draft.Tags.Order(StringComparer.Ordinal)];
        channel.ExcludedTags = [.. draft.ExcludedTags.Intersect(draft.Tags).Order(StringComparer.Ordinal)];
        channel.ExcludedParameters = [.. draft.Parameters];
        audit.Record(db, before is null ? "partner-channel.defined" : "partner-channel.changed", $"Channel {channel.ChannelId} {channel.Name}", before, Facts(channel));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new RefusedException($"Channel {channel.ChannelId} exists already. Give this one another number.");
        }
    }

    private static object Facts(PartnerChannel c) => new
    {
        c.Name, c.Kind, Apps = c.HasApps, Triggered = c.TriggeredUse, Tags = string.Join(", ", c.Tags), LeftOut = string.Join(", ", c.ExcludedTags.Concat(c.ExcludedParameters)),
    };
}
