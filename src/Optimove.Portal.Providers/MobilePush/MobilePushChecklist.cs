namespace Optimove.Portal.Providers.MobilePush;

/// <summary>The steps of the MobilePush guide in its order, each asked live where software can. A refusal by Salesforce is an answer: it blocks the item and says why.</summary>
internal sealed class MobilePushChecklist(MobilePushClient client, TimeProvider clock)
{
    private static readonly TimeSpan Stale = TimeSpan.FromHours(36);
    private static readonly string[] Permissions = ["push_read", "push_send"];

    public static readonly IReadOnlyList<CheckItem> Items =
    [
        new("sdk", "The apps carry the MobilePush SDK", CheckOwner.AppDeveloper,
            "Please publish a version of each app that will be used with Optimove with the Salesforce Marketing Cloud MobilePush SDK in it, and let the SDK set the contact key of each user who signs in. Salesforce staff can help. Only users who have updated to that version can get a push notification. Tell us when it is in the stores, so that {client} can confirm it here.", ByPerson: true),
        new("contact-key", "The daily data holds the Contact Key", CheckOwner.ClientIt,
            "Please add the Contact Key to the daily customer data of {client}: the value under which the customer is known as a contact in Marketing Cloud. It is how an app's user is matched with a customer; whoever has none gets no push notification."),
        new("freshness", "The daily data arrives every day", CheckOwner.ClientIt,
            "Please deliver the customer data of {client} every day, so that new customers and new Contact Keys are there before the night's lists are made."),
        new("access", "Salesforce lets us in", CheckOwner.Marketer,
            "Please make an installed package for Optimove in Marketing Cloud (Setup, Apps, Installed Packages, New; add a component API Integration, Server-to-Server) with the permissions MobilePush Read, Write and Send, and enter its tenant subdomain, client ID and client secret in the connection's settings. If your account lets only known IP addresses in, please add ours: {addresses}."),
        new("units", "Each business unit has a prefix of its own", CheckOwner.Marketer,
            "Please tell us the ID (MID), the name and a template prefix of each business unit that {client} will use with Optimove, and give the installed package access to it. The name of each message in MobilePush begins with the prefix of its business unit. No prefix may begin another: UK_ and UK_VIP_ would not do. With a single account and no business units nothing is needed here."),
        new("apps", "The apps are known in MobilePush", CheckOwner.Marketer,
            "Please send us the ID and the name of each app that {client} will send push notifications to. The IDs are in MobilePush under Administration."),
        new("messages", "Each app has a message that can be sent", CheckOwner.Marketer,
            "Please make the messages in MobilePush with the type Outbound, the send method API Triggered and the target segment All Users, and activate them. Begin each name with the template prefix of its business unit, and make it easy to recognise, for example UK_Optimove_SummerSale. About 250,000 recipients in 30 minutes is what MobilePush takes, so plan larger target groups in parts."),
    ];

    public async Task<CheckResult> CheckAsync(string item, CheckInput input, CancellationToken cancellation)
    {
        try
        {
            return item switch
            {
                "sdk" => CheckResult.Waiting("A person has to confirm this; Salesforce cannot be asked."),
                "contact-key" => ContactKey(await input.ReadDataAsync(cancellation)),
                "freshness" => Freshness(await input.ReadDataAsync(cancellation)),
                "access" => await AccessAsync(cancellation),
                "units" => await UnitsAsync(cancellation),
                "apps" => await AppsAsync(cancellation),
                "messages" => await MessagesAsync(cancellation),
                _ => throw new ArgumentOutOfRangeException(nameof(item), item, "There is no such item."),
            };
        }
        catch (ProviderException refused) when (!refused.MayRepeat)
        {
            return CheckResult.Blocked(refused.Message);
        }
    }

    private static CheckResult ContactKey(DataFacts data)
    {
        if (data.Identity is null)
            return CheckResult.Blocked("No attribute of the customer data is the Contact Key. Name the attribute that holds it; nobody can be reached until then.");
        if (data.Customers == 0)
            return CheckResult.Waiting("No customers have been imported yet.");
        var evidence = $"{data.WithIdentity:N0} of {data.Customers:N0} customers have a Contact Key in {data.Identity}.";
        return data.WithIdentity == 0 ? CheckResult.Blocked($"{evidence} Nobody can be reached until the daily data holds it.")
            : 2 * data.WithIdentity < data.Customers ? CheckResult.Attention($"{evidence} The others get no push notification.")
            : CheckResult.Works(evidence);
    }

    private CheckResult Freshness(DataFacts data)
    {
        if (data.Imported is not { } imported)
            return CheckResult.Waiting("No customers have been imported yet.");
        var age = clock.GetUtcNow() - imported;
        var evidence = $"The customer data was last imported on {imported.UtcDateTime:yyyy-MM-dd} at {imported.UtcDateTime:HH:mm} UTC.";
        return age > Stale ? CheckResult.Attention($"{evidence} That is {age.TotalHours:N0} hours ago; until new data comes, lists are made from the old.") : CheckResult.Works(evidence);
    }

    private async Task<CheckResult> AccessAsync(CancellationToken cancellation)
    {
        var scopes = await client.GetScopesAsync(client.Units[0], cancellation);
        var missing = scopes.Count == 0 ? [] : Permissions.Except(scopes).ToList();
        return missing.Count == 0 ? CheckResult.Works($"Salesforce opens a session at {client.Settings.Subdomain}.")
            : CheckResult.Blocked($"Salesforce lets us in without the permission {string.Join(" and ", missing)}. Add it to the installed package; it can take some minutes to hold.");
    }

    private async Task<CheckResult> UnitsAsync(CancellationToken cancellation)
    {
        if (client.Settings.Problem is { } problem)
            return CheckResult.Blocked(problem);
        foreach (var unit in client.Units)
            await client.GetScopesAsync(unit, cancellation);
        return client.Units[0].Mid.Length == 0
            ? CheckResult.Works("No business unit is entered: the account itself is used, and its messages need no prefix.")
            : CheckResult.Works($"Salesforce opens a session for each: {string.Join(", ", client.Units.Select(unit => $"{unit.Name} ({unit.Prefix})"))}.");
    }

    private async Task<CheckResult> AppsAsync(CancellationToken cancellation)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var unit in client.Units)
            known.UnionWith((await client.GetAppsAsync(unit, cancellation)).Select(app => app.Id));
        var missing = client.Settings.AppList.Where(app => !known.Contains(app.Id)).ToList();
        return missing.Count == 0 ? CheckResult.Works($"MobilePush knows {Names(client.Settings.AppList)}.")
            : CheckResult.Blocked($"MobilePush does not know {string.Join(", ", missing.Select(app => $"{app.Name} ({app.Id})"))}. Correct the ID in the connection's settings, or give the installed package access to the app's business unit.");
    }

    private async Task<CheckResult> MessagesAsync(CancellationToken cancellation)
    {
        if (client.Settings.Problem is { } problem)
            return CheckResult.Blocked(problem);
        var templates = await new MobilePushTemplates(client).ReadAsync(cancellation);
        var usable = templates.Where(template => template.Unusable is null).ToLookup(template => template.Scope!.Id, StringComparer.OrdinalIgnoreCase);
        var without = client.Settings.AppList.Where(app => !usable.Contains(app.Id)).ToList();
        var evidence = $"{templates.Count(t => t.Unusable is null):N0} of {templates.Count:N0} API-triggered outbound messages can be sent.";
        return without.Count == 0 ? CheckResult.Works(evidence)
            : without.Count == client.Settings.AppList.Count ? CheckResult.Blocked($"{evidence} Make at least one for {Names(without)}; no campaign can be planned until then.")
            : CheckResult.Attention($"{evidence} There is none for {Names(without)}, so no campaign can be planned there.");
    }

    private static string Names(IEnumerable<MobileApp> apps) => string.Join(", ", apps.Select(app => app.Name));
}
