namespace Optimove.Portal.Providers.Appboy;

/// <summary>Appboy has no templates: an API-triggered push campaign of an app group stands for one.</summary>
internal static class AppboyTemplates
{
    private static readonly Dictionary<string, string> Platforms = new() { ["ios_push"] = "iOS", ["android_push"] = "Android", ["kindle_push"] = "Kindle", ["web_push"] = "Web" };

    /// <summary>Every campaign that the app group's access lists; nothing in the API names the app group of a campaign.</summary>
    public static async Task<IReadOnlyList<ProviderTemplate>> ReadAsync(AppboyClient client, CancellationToken cancellation)
    {
        var listed = await client.GetCampaignsAsync(cancellation);
        var templates = new ProviderTemplate[listed.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AppboyClient.Connections, CancellationToken = cancellation };
        await Parallel.ForAsync(0, listed.Count, parallel, async (i, stop) =>
        {
            await client.WaitForTurnAsync(stop);
            var campaign = await client.GetCampaignAsync(listed[i].Id, stop);
            templates[i] = new ProviderTemplate(listed[i].Id, listed[i].Name, listed[i].LastEdited, Unusable: Unusable(campaign),
                Scope: new TemplateScope(client.Group.Id, client.Group.Name), Platform: Platform(campaign));
        });
        return templates;
    }

    /// <summary>Why a campaign cannot be sent by the product, or null when it can.</summary>
    public static string? Unusable(CampaignAnswer campaign) => campaign switch
    {
        { Archived: true } => "This campaign was archived in Appboy.",
        { Draft: true } => "This campaign is still a draft in Appboy. Launch it there.",
        { Enabled: false } => "This campaign was stopped in Appboy. Resume it there.",
        _ when !AppboyAssumptions.IsApiTriggered(campaign.ScheduleType) => "This campaign has another delivery than API-Triggered Delivery in Appboy. Make one with that delivery.",
        _ when Channels(campaign) is not { Count: > 0 } channels || !channels.All(Platforms.ContainsKey) => "This campaign sends something else than push notifications. Only push campaigns can be used.",
        _ => null,
    };

    /// <summary>"iOS", "Android", "iOS and Android"; null where the campaign sends no push.</summary>
    public static string? Platform(CampaignAnswer campaign)
    {
        var names = Platforms.Where(platform => Channels(campaign).Contains(platform.Key)).Select(platform => platform.Value).ToList();
        return names.Count == 0 ? null : string.Join(" and ", names);
    }

    private static HashSet<string> Channels(CampaignAnswer campaign)
    {
        var channels = campaign.Messages?.Values.Where(message => message.Type != "control").Select(message => message.Channel).OfType<string>().ToHashSet() ?? [];
        return channels.Count > 0 ? channels : [.. campaign.Channels ?? []];
    }
}
