using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Data;

namespace Optimove.Portal.Sending.Triggers;

/// <summary>Reads the channels that triggered campaigns can go through, with the templates that their partners offer. All that triggers know of channels comes from here.</summary>
public sealed class TriggerChannels(IDbContextFactory<PortalDb> databases)
{
    public async Task<IReadOnlyList<TriggerChannel>> ListAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var channels = await db.PartnerChannels.AsNoTracking().Where(c => c.RemovedAt == null && c.TriggeredUse).OrderBy(c => c.Name).ToListAsync(cancellation);
        var connections = channels.Select(c => c.ConnectionId).ToList();
        var templates = await db.Templates.AsNoTracking().Where(t => connections.Contains(t.ConnectionId) && t.GoneAt == null).OrderBy(t => t.Name).Select(t => new { t.Id, t.ConnectionId, t.ProviderId, t.Name }).ToListAsync(cancellation);
        return [.. channels.Select(c => new TriggerChannel(c.ChannelId, c.Name, c.PreferenceChannel, Addressing.OptedOutOf(c.Kind, c.Name), [.. c.Tags.Except(c.ExcludedTags)], c.ExcludedParameters,
            [.. templates.Where(t => t.ConnectionId == c.ConnectionId).Select(t => new TriggerTemplate(t.Id, long.Parse(t.ProviderId, CultureInfo.InvariantCulture), t.Name))]))];
    }
}

/// <summary>A channel for triggered use.</summary>
/// <param name="Number">As its partner knows it.</param>
/// <param name="PreferenceChannel">Under which name customers' preferences for it are kept.</param>
/// <param name="OptedOut">Why somebody is left out who does not want it.</param>
/// <param name="Tags">Fields of the attributes that its messages are given; those that it leaves out are not among them.</param>
/// <param name="ExcludedParameters">Event parameters that its messages leave out.</param>
public sealed record TriggerChannel(int Number, string Name, string PreferenceChannel, string OptedOut, IReadOnlyList<string> Tags, IReadOnlyList<string> ExcludedParameters, IReadOnlyList<TriggerTemplate> Templates);

/// <summary>A template on offer.</summary>
/// <param name="ActionId">The number of the action that sends it.</param>
/// <param name="Number">As the partner knows it; real ones have 16 digits.</param>
public sealed record TriggerTemplate(int ActionId, long Number, string Name);
