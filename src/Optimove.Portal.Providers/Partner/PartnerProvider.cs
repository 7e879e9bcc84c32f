using System.Globalization;

namespace Optimove.Portal.Providers.Partner;

/// <summary>
/// A channel that an integration partner serves through our own API: its programs are told by their listeners, fetch the list, send, and post templates
/// and figures. So nothing here calls anybody: handing over is letting the partner fetch, and what its programs told is what there is to know.
/// </summary>
public sealed class PartnerProvider(Channel channel) : IProvider
{
    /// <summary>Items of the checklist.</summary>
    public const string Listener = "listener", Templates = "templates", Details = "details", Figures = "figures";
    private const string Release = "release";
    /// <summary>Days for which a partner posts figures after a campaign's day.</summary>
    private const int Week = 7;

    public ProviderInfo Info { get; } = new()
    {
        Key = KeyOf(channel),
        Name = "Integration partner",
        Channel = channel,
        Identity = RecipientIdentity.ExternalId,
        SettingsType = typeof(PartnerSettings),
        ChunkSize = int.MaxValue,
        WholeList = true,
        ScopeNoun = "app",
        TellsTimeBy = Release,
        ServedByPartner = true,
        Metrics = new HashSet<MetricKind> { MetricKind.Sent, MetricKind.Delivered, MetricKind.Bounced, MetricKind.UniqueOpens, MetricKind.UniqueClicks, MetricKind.Unsubscribed, MetricKind.Complaints },
        Checklist =
        [
            new(Listener, "The partner's listener is told of campaigns", CheckOwner.ProviderSupport,
                "Please register a listener for event 13 (or 1) with RegisterEventListener, with the number of our channel, and answer our notices with a 200."),
            new(Templates, "The partner has added templates", CheckOwner.ProviderSupport,
                "Please add your templates with AddChannelTemplates, and call it again whenever one is added, renamed or deleted."),
            new(Details, "The last campaign's list was fetched", CheckOwner.ProviderSupport,
                "Please fetch the list of the campaign that you were told of with GetCustomerSendDetailsByChannel, page by page until a page is empty.", Required: false),
            new(Figures, "Figures come for seven days", CheckOwner.ProviderSupport,
                "Please post delivery figures with UpdateCampaignMetrics several times a day, for seven days after each campaign.", Required: false),
        ],
    };

    /// <summary>The provider of a connection that a partner serves on this kind of channel.</summary>
    public static string KeyOf(Channel channel) => $"partner-{channel.ToString().ToLowerInvariant()}";

    public string PreferenceOf(Lazy<object> settings) => PreferenceName(channel, ((PartnerSettings)settings.Value).ChannelId);

    /// <summary>Under which name customers' preferences for a channel are kept: e-mail, push and SMS are shared by all channels of that kind, the rest are each its own.</summary>
    public static string PreferenceName(Channel channel, int channelId) => channel switch
    {
        Channel.Email or Channel.Push or Channel.Sms => channel.ToString().ToLowerInvariant(),
        _ => string.Create(CultureInfo.InvariantCulture, $"channel-{channelId}"),
    };

    public async Task<CheckResult> CheckAsync(ProviderConnection connection, string item, CheckInput input, CancellationToken cancellation)
    {
        var told = await input.ReadPartnerAsync(connection.Id, cancellation);
        return item switch
        {
            Listener => OfListener(told),
            Templates => told.Templates == 0 ? CheckResult.Blocked("The partner has not added any template, so no campaign can be made.")
                : CheckResult.Works($"{Count(told.Templates, "template")} on offer, last told {Moment(told.TemplatesAt)}."),
            Details => OfDetails(told),
            _ => OfFigures(told),
        };
    }

    private static CheckResult OfListener(PartnerFacts told) => told switch
    {
        { Listeners: 0 } => CheckResult.Blocked("No listener is registered for event 13 or 1 on this channel, so nobody would be told of a campaign."),
        { Fault: { } fault } => CheckResult.Attention($"The last notice did not arrive: {fault}{(told.Waiting > 0 ? $" Waiting: {Count(told.Waiting, "notice")}, each tried for a day." : "")}"),
        { AnsweredAt: { } at } => CheckResult.Works($"The listener last took a notice {Moment(at)}."),
        _ => CheckResult.Waiting("A listener is registered and has not been called yet. Send it a test event."),
    };

    private static CheckResult OfDetails(PartnerFacts told) => told.LastCampaign switch
    {
        null => CheckResult.Waiting("No campaign has gone through this channel yet."),
        { FetchedAt: null } last => CheckResult.Attention($"Nobody has fetched the list of \"{last.Name}\" ({Count(last.People, "person", "people")}) yet."),
        { } last when last.Fetched < last.People => CheckResult.Attention($"{last.Fetched:N0} of {last.People:N0} people of \"{last.Name}\" were fetched, last {Moment(last.FetchedAt)}. The rest are not known to the partner."),
        { } last => CheckResult.Works($"All {Count(last.People, "person", "people")} of \"{last.Name}\" were fetched {Moment(last.FetchedAt)}."),
    };

    private static CheckResult OfFigures(PartnerFacts told) => told.LastSent switch
    {
        null => CheckResult.Waiting("No campaign of this channel has been sent yet."),
        { DaysPassed: 0 } last => CheckResult.Waiting($"\"{last.Name}\" was sent today; figures are awaited from now on for {Week} days."),
        { } last when last.DaysWithFigures < last.DaysPassed => CheckResult.Attention($"Figures of \"{last.Name}\" came on {last.DaysWithFigures} of {last.DaysPassed} days so far."),
        { } last => CheckResult.Works($"Figures of \"{last.Name}\" came on {last.DaysWithFigures} of {last.DaysPassed} days so far."),
    };

    /// <summary>They come from the partner, who adds them through the API.</summary>
    public Task<IReadOnlyList<ProviderTemplate>> GetTemplatesAsync(ProviderConnection connection, CancellationToken cancellation) =>
        throw new ProviderException(ProviderFault.Misconfigured, "A partner tells its templates itself; nobody can ask for them.");

    public async Task SendAsync(ProviderConnection connection, SendOrder order, IAsyncEnumerable<RecipientChunk> recipients, ILedger ledger, CancellationToken cancellation) =>
        await ledger.RunAsync(Release, chunk: 1, _ => Task.FromResult(new StepAnswer()), cancellation);

    // Releasing asks nobody: a step that broke off has either been committed or not.
    public async Task ReconcileAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation)
    {
        foreach (var step in (await ledger.ReadAsync(cancellation)).Where(s => s.State == StepState.Unknown)) await ledger.SettleAsync(step.Name, null, cancellation);
    }

    public async Task<CancelResult> CancelAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation)
    {
        if ((await ledger.ReadAsync(cancellation)).FirstOrDefault(s => s.Name == Release) is not { State: StepState.Accepted }) return new(CancelState.NothingToCancel, "The partner had not been told of it.");
        await ledger.CancelledAsync(Release, cancellation);
        return new(CancelState.Cancelled, "The list can no longer be fetched, and listeners for event 4 are told. Whoever had fetched it already must stop it: ask the partner to confirm.");
    }

    /// <summary>They come from the partner, who posts them through the API.</summary>
    public Task<MetricsReading?> GetMetricsAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => Task.FromResult<MetricsReading?>(null);

    public Task CleanUpAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => Task.CompletedTask;

    private static string Moment(DateTimeOffset? at) => at is { } then ? then.UtcDateTime.ToString("d MMMM HH:mm 'UTC'", CultureInfo.InvariantCulture) : "never";

    private static string Count(long count, string one, string? many = null) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? one + "s")}";
}
