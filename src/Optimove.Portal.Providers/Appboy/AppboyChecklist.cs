namespace Optimove.Portal.Providers.Appboy;

/// <summary>The steps of the Appboy guide, in its order. A refusal by Appboy is an answer: it blocks the item and says why.</summary>
internal sealed class AppboyChecklist(IReadOnlyList<AppboyClient> groups, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(36);

    public static readonly IReadOnlyList<CheckItem> Items =
    [
        new("sdk", "The published apps contain the Appboy SDK", CheckOwner.AppDeveloper,
            "Please publish a version of each app of {client} that supports push notifications through the Appboy SDK; Appboy's support can help. Let the app tell Appboy the same customer ID that the daily customer file holds, "
            + "because Appboy finds a person by that ID only. Whoever has not updated the app gets no push. Tell us which versions are published, and confirm it here.", ByPerson: true),
        new("freshness", "The daily data arrives", CheckOwner.ClientIt,
            "Please have {client}'s customer data put at the agreed place every day, before the night. Campaigns of the next day address the customers of that file; without a new one they address yesterday's."),
        new("apps", "The daily data says who uses which app", CheckOwner.ClientIt,
            "Please add the app-user mapping to {client}'s daily data: a table with a customer ID and an app ID in each row. The app IDs have to be the ones in the connection's settings. Whoever has no app of an app group in it gets no message of that app group."),
        new("whitelist", "Appboy lets our servers in", CheckOwner.ProviderSupport,
            "Please whitelist these IP addresses for {client}'s Appboy account, so that Optimove can call the Appboy API: {addresses}"),
        new("groups", "Appboy knows every app group", CheckOwner.Marketer,
            "Please send us the ID of each app group that {client}'s messages go to; they are in Appboy's Developer Console. If the account uses REST keys, make one for each app group with these permissions: campaigns.list, campaigns.details, "
            + "campaigns.data_series, campaigns.trigger.send, campaigns.trigger.schedule.create and campaigns.trigger.schedule.delete. Enter the keys in the connection's settings yourself and do not send them by mail."),
        new("campaigns", "Each app group has an API-triggered push campaign", CheckOwner.Marketer,
            "Please make at least one campaign in each app group in Appboy: type Push Notification, delivery API-Triggered Delivery, a name of its own such as Optimove_SummerSale. Launch it; nothing goes out until Optimove triggers it."),
        new("audience", "The campaigns go to All Users and may be repeated", CheckOwner.Marketer,
            "Please let each of these Appboy campaigns target the segment All Users of its platform, and allow users to become re-eligible. Otherwise Appboy leaves people out without saying so. Appboy's API does not show either, so please confirm it here.", ByPerson: true),
    ];

    public async Task<CheckResult> CheckAsync(string item, CheckInput input, CancellationToken cancellation)
    {
        try
        {
            return item switch
            {
                "freshness" => Freshness(await input.ReadDataAsync(cancellation)),
                "apps" => Apps(await input.ReadDataAsync(cancellation)),
                "whitelist" => await WhitelistAsync(cancellation),
                "groups" => await GroupsAsync(cancellation),
                "campaigns" => await CampaignsAsync(cancellation),
                "sdk" or "audience" => CheckResult.Waiting("A person has to confirm this; Appboy cannot be asked."),
                _ => throw new ArgumentOutOfRangeException(nameof(item), item, "There is no such item."),
            };
        }
        catch (ProviderException refused) when (!refused.MayRepeat)
        {
            return CheckResult.Blocked(refused.Message);
        }
    }

    private CheckResult Freshness(DataFacts data) => data.Imported is not { } imported ? CheckResult.Waiting("No customer data has arrived yet.")
        : clock.GetUtcNow() - imported > Fresh ? CheckResult.Attention($"The last customer data arrived on {imported.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Until newer data comes, campaigns address those customers.")
        : CheckResult.Works($"Customer data arrived on {imported.UtcDateTime:yyyy-MM-dd HH:mm} UTC, with {data.Customers:N0} customers.");

    private CheckResult Apps(DataFacts data)
    {
        if (data.CustomersPerApp.Count == 0)
            return data.Imported is null ? CheckResult.Waiting("No customer data has arrived yet.")
                : CheckResult.Blocked("The daily data holds no app-user mapping, so nobody could get a message. The client's IT has to add it.");
        var apps = groups.SelectMany(group => group.Group.Apps).Distinct().ToList();
        var missing = apps.Where(app => data.CustomersPerApp.GetValueOrDefault(app) == 0).ToList();
        var evidence = string.Join(", ", apps.Except(missing).Select(app => $"{app} {data.CustomersPerApp[app]:N0}"));
        return missing.Count == 0 ? CheckResult.Works($"Customers per app: {evidence}.")
            : missing.Count == apps.Count ? CheckResult.Blocked($"No customer uses one of the apps {string.Join(", ", missing)}. Check that the app-user mapping and the connection's settings write the app IDs alike.")
            : CheckResult.Attention($"No customer uses {string.Join(", ", missing)}; their users would get no message. Customers per app: {evidence}.");
    }

    private async Task<CheckResult> WhitelistAsync(CancellationToken cancellation)
    {
        foreach (var group in groups)
            if (AppboyAssumptions.IsAddressRefused(await group.KnockAsync(cancellation)))
                return CheckResult.Blocked($"Appboy turns our servers away for the app group \"{group.Group.Name}\". Appboy's support has to whitelist our IP addresses; until then nothing can be sent.");
        return CheckResult.Works("Appboy answers our servers.");
    }

    private async Task<CheckResult> GroupsAsync(CancellationToken cancellation)
    {
        foreach (var group in groups)
        {
            var answer = await group.KnockAsync(cancellation);
            if (AppboyAssumptions.IsAddressRefused(answer))
                return CheckResult.Blocked("It cannot be told yet, because Appboy does not let our servers in.");
            if (!answer.IsSuccess)
                return CheckResult.Blocked($"Appboy does not accept the {(group.Group.RestKey is null ? "ID" : "REST key")} of the app group \"{group.Group.Name}\". The marketer has to put it right in the connection's settings, or give the key its permissions.");
        }
        return CheckResult.Works($"Appboy knows {string.Join(", ", groups.Select(group => group.Group.Name))}.");
    }

    private async Task<CheckResult> CampaignsAsync(CancellationToken cancellation)
    {
        var (empty, evidence) = (new List<string>(), new List<string>());
        foreach (var group in groups)
        {
            var templates = await AppboyTemplates.ReadAsync(group, cancellation);
            var usable = templates.Count(template => template.Unusable is null);
            evidence.Add($"{group.Group.Name}: {usable:N0} of {templates.Count:N0}");
            if (usable == 0)
                empty.Add(group.Group.Name);
        }
        var counts = $"Campaigns that can be used: {string.Join("; ", evidence)}.";
        return empty.Count == 0 ? CheckResult.Works(counts) : CheckResult.Blocked($"{string.Join(", ", empty)} has no API-triggered push campaign that can be used. The marketer has to make one in Appboy. {counts}");
    }
}
