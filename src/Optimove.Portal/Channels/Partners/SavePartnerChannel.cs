using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Providers.Partner;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners;

/// <summary>Defines a partner channel or changes one. Its number stays as it was first given, because the partner's programs hold it.</summary>
public sealed class SavePartnerChannel(IDbContextFactory<PortalDb> databases, CheckConnection checks, Actor actor, Audit audit, TimeProvider clock)
{
    /// <param name="id">Row of the channel to change; null for a new one.</param>
    public async Task RunAsync(int? id, PartnerChannelDraft draft, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        draft.Check();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var channel = id is null ? null : await db.PartnerChannels.Include(c => c.Connection).SingleOrDefaultAsync(c => c.Id == id && c.RemovedAt == null, cancellation) ?? throw new RefusedException("The channel is no longer there.");
        var before = channel is null ? null : Facts(channel);
        channel ??= db.PartnerChannels.Add(New(draft.ChannelId!.Value, clock.GetUtcNow())).Entity;
        (channel.Name, channel.Kind, channel.HasApps, channel.TriggeredUse, channel.FiguresAdd) = (draft.Name.Trim(), draft.Kind, draft.HasApps, draft.TriggeredUse, draft.FiguresAdd);
        (channel.Connection.Name, channel.Connection.Provider) = (channel.Name, PartnerProvider.KeyOf(channel.Kind));
        channel.Tags = [.. draft.Tags.Order(StringComparer.Ordinal)];
        channel.ExcludedTags = [.. draft.ExcludedTags.Intersect(draft.Tags).Order(StringComparer.Ordinal)];
        channel.ExcludedParameters = [.. draft.Parameters];
        audit.Record(db, before is null ? "partner-channel.defined" : "partner-channel.changed", $"Channel {channel.ChannelId} {channel.Name}", before, Facts(channel));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: var table })
        {
            throw new RefusedException(table == "connections" ? $"There is a connection called {channel.Name} already. Choose another name." : $"Channel {channel.ChannelId} exists already. Give this one another number.");
        }
        await checks.RunAsync(channel.ConnectionId, cancellation);
    }

    private static PartnerChannel New(int number, DateTimeOffset now) => new()
    {
        Name = "", ChannelId = number, Tags = [], ExcludedTags = [], ExcludedParameters = [], CreatedAt = now,
        Connection = new() { Name = "", Provider = "", Settings = JsonSerializer.Serialize(new PartnerSettings { ChannelId = number }), CreatedAt = now },
    };

    private static object Facts(PartnerChannel c) => new
    {
        c.Name, c.Kind, Apps = c.HasApps, Triggered = c.TriggeredUse, c.FiguresAdd, Tags = string.Join(", ", c.Tags), LeftOut = string.Join(", ", c.ExcludedTags.Concat(c.ExcludedParameters)),
    };
}
