using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Sending.Triggers;

/// <summary>
/// Reads the channels that triggered campaigns can go through, with the templates on offer: those of partners who serve triggers, and each connection
/// whose provider sends to named people at once. All that triggers know of channels comes from here.
/// </summary>
public sealed class TriggerChannels(IDbContextFactory<PortalDb> databases, ConnectionAccess access, ProviderCatalog providers)
{
    public async Task<IReadOnlyList<TriggerChannel>> ListAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var channels = await db.PartnerChannels.AsNoTracking().Where(c => c.RemovedAt == null && c.TriggeredUse).OrderBy(c => c.Name).ToListAsync(cancellation);
        string[] atOnce = [.. providers.All.Where(p => p.Info.AtOnce is not null).Select(p => p.Info.Key)];
        var connections = await db.Connections.AsNoTracking().Where(c => c.RemovedAt == null && atOnce.Contains(c.Provider)).OrderBy(c => c.Name).ToListAsync(cancellation);
        List<int> from = [.. channels.Select(c => c.ConnectionId), .. connections.Select(c => c.Id)];
        var templates = (await db.Templates.Where(t => from.Contains(t.ConnectionId)).Where(TemplateUse.IsUsable(needsSubject: false)).OrderBy(t => t.Name)
            .Select(t => new Offer(t.ConnectionId, t.Id, t.ProviderId, t.Name, t.ScopeId, t.ScopeName, t.Platform)).ToListAsync(cancellation)).ToLookup(t => t.ConnectionId);
        var offered = channels.Select(c => Of(c, templates[c.ConnectionId]));
        return [.. offered, .. await OfAsync(db, connections, templates, cancellation)];
    }

    private static TriggerChannel Of(PartnerChannel channel, IEnumerable<Offer> templates) => new(channel.ChannelId, channel.Name, channel.PreferenceChannel,
        Addressing.OptedOutOf(channel.Kind, channel.Name), [.. channel.Tags.Except(channel.ExcludedTags)], channel.ExcludedParameters,
        [.. templates.Select(t => new TriggerTemplate(t.Id, long.Parse(t.ProviderId, CultureInfo.InvariantCulture), t.Name))]);

    private async Task<IReadOnlyList<TriggerChannel>> OfAsync(PortalDb db, IReadOnlyList<Connection> connections, ILookup<int, Offer> templates, CancellationToken cancellation)
    {
        if (connections.Count == 0) return [];
        var attributes = await db.CustomerAttributes.AsNoTracking().ToListAsync(cancellation);
        var answers = (await db.ConnectionChecks.AsNoTracking().ToListAsync(cancellation)).ToLookup(c => c.ConnectionId);
        return [.. connections.Select(c => Of(c, attributes, [.. answers[c.Id]], [.. templates[c.Id]]))];
    }

    private TriggerChannel Of(Connection connection, List<CustomerAttribute> attributes, List<ConnectionCheck> answers, List<Offer> templates)
    {
        var provider = providers[connection.Provider];
        var blocked = ChecklistState.Of(provider.Info, answers).Blocking.FirstOrDefault() is { } red ? $"The connection \"{connection.Name}\" is blocked: {red.Sentence}" : null;
        object? settings = null;
        try
        {
            settings = access.Open(connection).Access.Settings;
        }
        catch (RefusedException unreadable)
        {
            blocked ??= unreadable.Message;
        }
        var opened = new Lazy<object>(() => settings ?? throw new RefusedException(blocked!));
        var identity = IdentityField.Of(provider, opened, attributes);
        return new(ExecutionChannel.Of(connection.Id), connection.Name, provider.PreferenceOf(opened), Addressing.OptedOutOf(provider.Info.Channel, connection.Name),
            settings is null ? [] : provider.TriggerAttributesOf(settings), [],
            [.. templates.Select(t => new TriggerTemplate(t.Id, 0, t.Name) { Scope = t.ScopeName, Platform = t.Platform, Apps = t.ScopeId is null ? null : settings is null ? [] : provider.AppsOf(settings, t.ScopeId) })])
        {
            Connector = new(connection.Id, provider.Info.Name, identity?.Column, identity is null ? "no address" : $"no {identity.Words}", $"uses no app of the {provider.Info.ScopeNoun ?? "campaign"}",
                provider.Info.AtOnce!.PersonalValues, blocked ?? (identity is null ? IdentityField.Missing(provider, opened) : null)),
        };
    }

    private sealed record Offer(int ConnectionId, int Id, string ProviderId, string Name, string? ScopeId, string? ScopeName, string? Platform);
}

/// <summary>A channel for triggered use.</summary>
/// <param name="Number">As its partner knows it; of a connection, its <see cref="ExecutionChannel"/>.</param>
/// <param name="PreferenceChannel">Under which name customers' preferences for it are kept.</param>
/// <param name="OptedOut">Why somebody is left out who does not want it.</param>
/// <param name="Tags">Fields of the attributes that its messages are given; those that it leaves out are not among them.</param>
/// <param name="ExcludedParameters">Event parameters that its messages leave out.</param>
public sealed record TriggerChannel(int Number, string Name, string PreferenceChannel, string OptedOut, IReadOnlyList<string> Tags, IReadOnlyList<string> ExcludedParameters, IReadOnlyList<TriggerTemplate> Templates)
{
    /// <summary>Null where a partner is told; else the messages go straight to the provider.</summary>
    public TriggerConnector? Connector { get; init; }
}

/// <summary>How a channel's messages reach a provider.</summary>
/// <param name="Column">The checked and quoted column of customers by which the provider knows them; null while the client's data has none.</param>
/// <param name="NoAddress">Why somebody is left out in whom it is empty.</param>
/// <param name="NoApp">Why somebody is left out who uses none of the template's apps.</param>
/// <param name="TakesValues">Whether the message can hold the customer's and the event's values.</param>
/// <param name="Blocked">What keeps campaigns from going live through it, in a sentence; null when nothing does.</param>
public sealed record TriggerConnector(int ConnectionId, string Provider, string? Column, string NoAddress, string NoApp, bool TakesValues, string? Blocked);

/// <summary>A template on offer.</summary>
/// <param name="ActionId">The number of the action that sends it.</param>
/// <param name="Number">As the partner knows it; real ones have 16 digits. 0 where it is a provider's.</param>
public sealed record TriggerTemplate(int ActionId, long Number, string Name)
{
    /// <summary>The app or app group that it belongs to.</summary>
    public string? Scope { get; init; }
    /// <summary>For whom it is: "iOS", "Android".</summary>
    public string? Platform { get; init; }
    /// <summary>Only users of one of these apps get it; null: no such limit.</summary>
    public IReadOnlyList<string>? Apps { get; init; }

    /// <summary>"Spring (Shop, iOS)".</summary>
    public string FullName => string.Join(", ", new[] { Scope, Platform }.OfType<string>()) is { Length: > 0 } more ? $"{Name} ({more})" : Name;
}
