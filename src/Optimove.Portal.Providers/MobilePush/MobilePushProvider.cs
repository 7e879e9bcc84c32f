using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.MobilePush;

/// <summary>
/// Sends an API-triggered message of Marketing Cloud MobilePush to contact keys, 5,000 a call. Each call makes Salesforce send by itself,
/// cannot be asked for afterwards and cannot be taken back; so the list is handed over shortly before its time, and never twice.
/// </summary>
public sealed class MobilePushProvider(Outbound outbound, TimeProvider clock) : IProvider
{
    private readonly AccessTokens _tokens = new(outbound, clock);

    public ProviderInfo Info { get; } = new()
    {
        Key = "mobilepush",
        Name = MobilePushLogin.Name,
        Channel = Channel.Push,
        Identity = RecipientIdentity.ContactKey,
        SettingsType = typeof(MobilePushSettings),
        ChunkSize = 5000,
        ScopeNoun = "app",
        TellsTimeBy = MobilePushSteps.Sends,
        CanBeAsked = false,
        AtOnce = new AtOnceSends(MobilePushAssumptions.AtOnce, PersonalValues: false),
        Pace = MobilePushAssumptions.Pace,
        HandOverLead = TimeSpan.FromMinutes(30),
        Metrics = new HashSet<MetricKind> { MetricKind.Sent },
        Checklist = MobilePushChecklist.Items,
    };

    public string AccountOf(object settings) => ((MobilePushSettings)settings).Subdomain.ToLowerInvariant();

    public string? ProblemOf(object settings) => ((MobilePushSettings)settings).Problem;

    public Task<CheckResult> CheckAsync(ProviderConnection connection, string item, CheckInput input, CancellationToken cancellation) =>
        new MobilePushChecklist(Open(connection), clock).CheckAsync(item, input, cancellation);

    public Task<IReadOnlyList<ProviderTemplate>> GetTemplatesAsync(ProviderConnection connection, CancellationToken cancellation) =>
        new MobilePushTemplates(Client(connection)).ReadAsync(cancellation);

    public Task SendAsync(ProviderConnection connection, SendOrder order, IAsyncEnumerable<RecipientChunk> recipients, ILedger ledger, CancellationToken cancellation) =>
        new MobilePushHandOver(Client(connection), order, ledger, clock).RunAsync(recipients, cancellation);

    public async Task<StepAnswer> SendNowAsync(ProviderConnection connection, TriggeredSend send, CancellationToken cancellation)
    {
        send.MustFit(Info);
        var (client, message) = (Client(connection), MessageRef.Read(send.TemplateId));
        return new StepAnswer(await client.SendAsync(client.UnitOf(message), message.Message, [.. send.Recipients.Select(r => r.Address)], null, cancellation));
    }

    /// <summary>Settles nothing: Salesforce lists no sends, so a lost answer stays unknown for a person.</summary>
    public Task ReconcileAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => Task.CompletedTask;

    public async Task<CancelResult> CancelAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) =>
        MobilePushCancel.Of(order, await ledger.ReadAsync(cancellation), clock.GetUtcNow());

    public async Task<MetricsReading?> GetMetricsAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) =>
        await new MobilePushMetrics(Open(connection), order).ReadAsync(await ledger.ReadAsync(cancellation), cancellation);

    /// <summary>Nothing is kept at Salesforce for an order.</summary>
    public Task CleanUpAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>For work on messages, which needs settings that are right as a whole.</summary>
    private MobilePushClient Client(ProviderConnection connection)
    {
        var client = Open(connection);
        return client.Settings.Problem is { } problem ? throw new ProviderException(ProviderFault.Misconfigured, problem) : client;
    }

    private MobilePushClient Open(ProviderConnection connection) => new(outbound, _tokens, new MobilePushLogin(connection));
}
