using System.Net;

namespace Optimove.Portal.Providers.MobilePush;

/// <summary>
/// The messages that can be templates: outbound, API-triggered and active, of every business unit. Those of an app that is not listed,
/// without the prefix of their business unit or aimed at part of the users are given with the reason why they cannot be chosen.
/// </summary>
internal sealed class MobilePushTemplates(MobilePushClient client)
{
    private const int Outbound = 1;
    private const int Active = 2;

    private readonly IReadOnlyList<MobileApp> _apps = client.Settings.AppList;

    public async Task<IReadOnlyList<ProviderTemplate>> ReadAsync(CancellationToken cancellation)
    {
        var seen = new Dictionary<string, (MessageAnswer Message, List<BusinessUnit> In)>(StringComparer.Ordinal);
        var platforms = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var unit in client.Units)
        {
            foreach (var app in await client.GetAppsAsync(unit, cancellation))
                if (Platform(app) is { } platform)
                    platforms[app.Id] = platform;
            foreach (var message in await client.GetMessagesAsync(unit, cancellation))
            {
                if (!IsTemplate(message))
                    continue;
                if (!seen.TryGetValue(message.Id, out var known))
                    seen[message.Id] = known = (message, []);
                known.In.Add(unit);
            }
        }
        return [.. seen.Values.Select(known => Read(known.Message, known.In, platforms))];
    }

    /// <summary>Why a message cannot be sent for a business unit, or null when it can.</summary>
    public string? Unusable(MessageAnswer message, BusinessUnit unit) =>
        IsTemplate(message) ? UnusableTemplate(message, [unit]) : "It is not an active outbound message with the send method API Triggered any more. Restore it in MobilePush, or choose another message.";

    private bool IsTemplate(MessageAnswer message) =>
        message.MessageType == Outbound && message.Status == Active && message.SendInitiator == client.Settings.ApiTriggered;

    private ProviderTemplate Read(MessageAnswer message, List<BusinessUnit> seenIn, Dictionary<string, string> platforms)
    {
        var unit = seenIn.Find(u => u.Owns(message.Name ?? "")) ?? seenIn[0];
        var id = message.Application?.Id ?? "";
        var app = App(message);
        return new ProviderTemplate(new MessageRef(unit.Mid, message.Id).ToString(), message.Name ?? message.Id,
            ServerTime.Read(message.LastUpdated) ?? ServerTime.Read(message.CreatedDate), Html: Html(message), Unusable: UnusableTemplate(message, seenIn),
            Scope: new TemplateScope(app?.Id ?? id, app?.Name ?? message.Application?.Name ?? id), Platform: platforms.GetValueOrDefault(id));
    }

    private string? UnusableTemplate(MessageAnswer message, List<BusinessUnit> seenIn)
    {
        if (App(message) is null)
            return $"It belongs to the app {message.Application?.Name ?? message.Application?.Id ?? "without a name"}, which is not among the apps of this connection. Add the app in the connection's settings, or choose another message.";
        var name = message.Name ?? "";
        if (!seenIn.Exists(unit => unit.Owns(name)))
            return client.Units.FirstOrDefault(unit => unit.Owns(name)) is { } owner
                ? $"Its name begins with the prefix of {owner.Name}, and it lies in the business unit {seenIn[0].Name}. Rename it, or make it in {owner.Name}."
                : $"Its name begins with no known template prefix ({string.Join(", ", client.Units.Select(unit => unit.Prefix))}). Rename it in MobilePush so that it begins with the prefix of its business unit.";
        return MobilePushAssumptions.AimsAtAllUsers(message) ? null : "It is aimed at a list and not at All Users. Set its target segment to All Users in MobilePush.";
    }

    private MobileApp? App(MessageAnswer message) => _apps.FirstOrDefault(app => app.Id.Equals(message.Application?.Id, StringComparison.OrdinalIgnoreCase));

    private static string? Platform(ApplicationAnswer app) => (app.ApnsEnabled, app.GcmEnabled) switch
    {
        (true, true) => "iOS and Android",
        (true, _) => "iOS",
        (_, true) => "Android",
        _ => null,
    };

    private static string? Html(MessageAnswer message) => string.IsNullOrEmpty(message.Alert) ? null
        : $"<html><body>{(string.IsNullOrEmpty(message.Title) ? "" : $"<h3>{WebUtility.HtmlEncode(message.Title)}</h3>")}<p>{WebUtility.HtmlEncode(message.Alert)}</p></body></html>";
}
