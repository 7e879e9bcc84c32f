namespace Optimove.Portal.Providers.Cheetah;

/// <summary>The steps of the Cheetah Messaging guide, each asked live. A refusal by Cheetah is an answer: it blocks the item and says why.</summary>
internal sealed class CheetahChecklist(CheetahClient client, TimeProvider clock)
{
    private const int Sample = 50;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(36);

    public static readonly IReadOnlyList<CheckItem> Items =
    [
        new("identifier", "The customer identifier is in the daily data", CheckOwner.ClientIt,
            "Please make sure that the unique identifier by which Cheetah Messaging knows your customers is filled for every customer in the daily data that Optimove receives. If it is the e-mail address, each customer's e-mail address has to be in it. Customers without it get no e-mail."),
        new("map-to", "The identifier's name is in the Data Map", CheckOwner.Marketer,
            "Please tell us the exact name of the unique customer identifier in Cheetah Messaging: it stands in the Map To column, in the Data Map section. We enter it in the connection's settings as the unique identifier field."),
        new("fields", "Personalised fields exist on both sides", CheckOwner.Marketer,
            "If your Cheetah Messaging templates use personalised fields (first name, favourite department), please tell us their exact names from the Map To column of the Data Map, and make sure that each of them is in the daily data that Optimove receives too."),
        new("customers", "Cheetah Messaging has your customers, updated every day", CheckOwner.ClientIt,
            "Please update the Cheetah Messaging database every day, so that a customer who registers is there the same day. Whoever is not there gets no e-mail."),
        new("folder", "The folder \"Optimove\" exists", CheckOwner.ProviderSupport,
            "Please create a folder named \"Optimove\" in the My Files section of the Cheetah Digital account of {client}, and tell us its Folder ID."),
        new("templates", "The folder holds a template", CheckOwner.Marketer,
            "Please save each e-mail template that Optimove is to use as a regular e-mail campaign in the folder \"Optimove\", in My Files of your Cheetah Digital account."),
        new("account", "Cust_ID, PROP_MAP_ID and time zone are right", CheckOwner.ProviderSupport,
            "Please tell us, for the Cheetah Digital account of {client}: the Cust_ID, the PROP_MAP_ID of the Data Map that recipients are to be imported with, and the time zone of the account."),
        new("credentials", "The API credentials work", CheckOwner.ProviderSupport,
            "Please give us API access to the Cheetah Digital account of {client}: the API endpoint URL, consumer key, consumer secret and client identifier."),
        new("load-and-send", "Load and Send is switched on", CheckOwner.ProviderSupport,
            "Please switch on Load and Send for the Cheetah Digital account of {client}: Optimove imports a list of recipients and sends a campaign to exactly that list.", ByPerson: true),
        new("whitelist", "Our IP addresses are on the whitelist", CheckOwner.ProviderSupport,
            "Please add Optimove's API server IP addresses to the IP whitelist of the Cheetah Messaging account of {client}: {addresses}. Without this, Optimove's servers are not permitted to contact the Cheetah Messaging API."),
    ];

    public async Task<CheckResult> CheckAsync(string item, CheckInput input, CancellationToken cancellation)
    {
        try
        {
            return item switch
            {
                "identifier" => Identifier(await input.ReadDataAsync(cancellation)),
                "map-to" => await MapToAsync(cancellation),
                "fields" => await FieldsAsync(await input.ReadDataAsync(cancellation), cancellation),
                "customers" => await CustomersAsync(input, cancellation),
                "folder" => await FolderAsync(cancellation),
                "templates" => await TemplatesAsync(cancellation),
                "account" => await AccountAsync(cancellation),
                "credentials" => await CredentialsAsync(cancellation),
                "load-and-send" => CheckResult.Waiting("A person has to confirm this; Cheetah Messaging cannot be asked."),
                "whitelist" => await WhitelistAsync(cancellation),
                _ => throw new ArgumentOutOfRangeException(nameof(item), item, "There is no such item."),
            };
        }
        catch (ProviderException refused) when (!refused.MayRepeat)
        {
            return CheckResult.Blocked(refused.Message);
        }
    }

    private CheetahSettings Settings => client.Settings;

    private CheckResult Identifier(DataFacts data)
    {
        if (data.Customers == 0 || data.Imported is not { } imported)
            return CheckResult.Waiting("No customer has been imported yet.");
        if (data.Identity is null)
            return CheckResult.Blocked($"The daily data has no attribute \"{Settings.Identity}\", which is to fill the unique identifier. Without it nothing can be sent.");
        var evidence = $"\"{Settings.Identity}\" is filled for {data.WithIdentity:N0} of {data.Customers:N0} customers.";
        if (data.WithIdentity * 2 < data.Customers)
            return CheckResult.Blocked(evidence + " The others would get no e-mail.");
        if (data.WithIdentity * 20 < data.Customers * 19)
            return CheckResult.Attention(evidence + " The others get no e-mail.");
        return clock.GetUtcNow() - imported > Fresh
            ? CheckResult.Attention($"{evidence} The data is of {imported.UtcDateTime:yyyy-MM-dd HH:mm} UTC and should come every day.")
            : CheckResult.Works(evidence);
    }

    private async Task<CheckResult> MapToAsync(CancellationToken cancellation)
    {
        var (names, _) = await DataMapAsync(cancellation);
        return names.Contains(Settings.IdentifierField)
            ? CheckResult.Works($"\"{Settings.IdentifierField}\" is in the Map To column of the Data Map {Settings.PropMapId}.")
            : CheckResult.Blocked($"\"{Settings.IdentifierField}\" is not in the Map To column of the Data Map {Settings.PropMapId}. {Columns(names)}");
    }

    private async Task<CheckResult> FieldsAsync(DataFacts data, CancellationToken cancellation)
    {
        var fields = Settings.Fields;
        if (fields.Count == 0)
            return CheckResult.Works("No personalised fields are entered in the connection's settings, so none have to match.");
        var (names, _) = await DataMapAsync(cancellation);
        if (fields.Where(field => !names.Contains(field.MapTo)).Select(field => field.MapTo).ToList() is { Count: > 0 } unknown)
            return CheckResult.Blocked($"Not in the Map To column of the Data Map {Settings.PropMapId}: {string.Join(", ", unknown)}. {Columns(names)}");
        return Settings.Attributes.Where(attribute => attribute != "customer_id" && !data.Attributes.Contains(attribute)).ToList() is { Count: > 0 } missing
            ? CheckResult.Blocked($"Not in the daily data: {string.Join(", ", missing)}. Their fields would be empty in every e-mail.")
            : CheckResult.Works($"{fields.Count:N0} personalised fields are in the Data Map and in the daily data.");
    }

    private async Task<CheckResult> CustomersAsync(CheckInput input, CancellationToken cancellation)
    {
        var sample = await input.SampleIdentitiesAsync(Sample, cancellation);
        if (sample.Count == 0)
            return CheckResult.Waiting($"No customer with a value of \"{Settings.Identity}\" has been imported yet.");
        var found = 0;
        await Parallel.ForEachAsync(sample, cancellation, async (identity, stop) =>
        {
            if (await client.KnowsAsync(identity, stop))
                Interlocked.Increment(ref found);
        });
        var evidence = $"{found:N0} of {sample.Count:N0} sampled customers are in Cheetah Messaging.";
        return (100 * found / sample.Count) switch
        {
            >= 90 => CheckResult.Works(evidence),
            >= 50 => CheckResult.Attention(evidence + " The others would get no e-mail."),
            _ => CheckResult.Blocked(evidence + $" Check that \"{Settings.Identity}\" holds what Cheetah Messaging knows as \"{Settings.IdentifierField}\"."),
        };
    }

    private async Task<CheckResult> FolderAsync(CancellationToken cancellation) => await client.FindFolderAsync(cancellation) is { } folder
        ? CheckResult.Works($"The folder {Settings.FolderId} exists and is called \"{CheetahAssumptions.ReadFolderName(folder)}\".")
        : CheckResult.Blocked($"Cheetah Messaging has no folder with the ID {Settings.FolderId}.");

    private async Task<CheckResult> TemplatesAsync(CancellationToken cancellation)
    {
        var templates = await new CheetahTemplates(client).ReadAsync(cancellation);
        var usable = templates.Count(template => template.Unusable is null);
        return usable > 0 ? CheckResult.Works($"{usable:N0} of {templates.Count:N0} templates in the folder can be sent.")
            : CheckResult.Blocked($"The folder holds {templates.Count:N0} templates, and none that can be sent. Save a regular e-mail campaign there.");
    }

    private async Task<CheckResult> AccountAsync(CancellationToken cancellation)
    {
        if (CheetahTime.Find(Settings.TimeZone) is not { } zone)
            return CheckResult.Blocked($"\"{Settings.TimeZone}\" is not the Windows name of a time zone.");
        var (_, custId) = await DataMapAsync(cancellation);
        return custId == Settings.Cust
            ? CheckResult.Works($"The Data Map {Settings.PropMapId} belongs to the account {Settings.CustId}. Its clock shows {TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone):HH:mm} now.")
            : CheckResult.Blocked($"The Data Map {Settings.PropMapId} belongs to the account {custId} and not to {Settings.CustId}.");
    }

    private async Task<CheckResult> CredentialsAsync(CancellationToken cancellation)
    {
        switch (await client.TryCredentialsAsync(cancellation))
        {
            case Admission.WrongCredentials:
                return CheckResult.Blocked("Cheetah Messaging does not accept the consumer key, consumer secret and client identifier.");
            case Admission.NotWhitelisted:
                return CheckResult.Waiting("The credentials can be tried once Cheetah Digital support has put our IP addresses on the whitelist.");
            default:
                await client.TestAsync(cancellation);
                return CheckResult.Works("Cheetah Messaging gave a token for these credentials and answered a first call.");
        }
    }

    private async Task<CheckResult> WhitelistAsync(CancellationToken cancellation) => await client.TryCredentialsAsync(cancellation) == Admission.NotWhitelisted
        ? CheckResult.Blocked("Cheetah Messaging refuses calls from our IP addresses. Until Cheetah Digital support has put them on the whitelist nothing can be sent.")
        : CheckResult.Works("Cheetah Messaging answers calls from our IP addresses.");

    private async Task<(IReadOnlyList<string> Names, long CustId)> DataMapAsync(CancellationToken cancellation) =>
        await client.FindDataMapAsync(cancellation) is { } map ? CheetahAssumptions.ReadDataMap(map)
            : throw new ProviderException(ProviderFault.Misconfigured, $"Cheetah Messaging has no Data Map with the ID {Settings.PropMapId}. Ask Cheetah Digital support for the PROP_MAP_ID and enter it in the connection's settings.");

    private static string Columns(IReadOnlyList<string> names) => $"It holds: {string.Join(", ", names.Take(20))}.";
}
