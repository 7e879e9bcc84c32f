using System.Collections.Concurrent;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.Appboy;

/// <summary>
/// Sends an API-triggered push campaign of a client's Appboy (now Braze) app group to people named by customer id, 50 a call. Each call makes
/// Appboy send by itself and cannot be repeated or looked up, so the ledger makes it at most once.
/// </summary>
public sealed class AppboyProvider(Outbound outbound, TimeProvider clock) : IProvider
{
    // Of the account, not of a client: what Appboy last said of its hour.
    private readonly ConcurrentDictionary<string, AppboyPace> _paces = new();

    public ProviderInfo Info { get; } = new()
    {
        Key = "appboy",
        Name = "Appboy",
        Channel = Channel.Push,
        Identity = RecipientIdentity.ExternalId,
        SettingsType = typeof(AppboySettings),
        ChunkSize = 50,
        ScopeNoun = "app group",
        TellsTimeBy = AppboySteps.Prefix,
        CanBeAsked = false,
        AtOnce = new AtOnceSends(50, PersonalValues: true),
        Metrics = AppboyMetrics.Kinds,
        Checklist = AppboyChecklist.Items,
    };

    /// <summary>An app group that has left the settings has no apps, so that nobody is a recipient.</summary>
    public IReadOnlyList<string> AppsOf(object settings, string scopeId) => ((AppboySettings)settings).Group(scopeId)?.Apps ?? [];

    public IReadOnlyList<string> TriggerAttributesOf(object settings) => ((AppboySettings)settings).TriggerFields;

    public Task<CheckResult> CheckAsync(ProviderConnection connection, string item, CheckInput input, CancellationToken cancellation) =>
        new AppboyChecklist(Clients(connection), clock).CheckAsync(item, input, cancellation);

    public async Task<IReadOnlyList<ProviderTemplate>> GetTemplatesAsync(ProviderConnection connection, CancellationToken cancellation)
    {
        var templates = new List<ProviderTemplate>();
        foreach (var client in Clients(connection))
            templates.AddRange(await AppboyTemplates.ReadAsync(client, cancellation));
        return templates;
    }

    public Task SendAsync(ProviderConnection connection, SendOrder order, IAsyncEnumerable<RecipientChunk> recipients, ILedger ledger, CancellationToken cancellation) =>
        new AppboyPush(Client(connection, order.ScopeId), order, ledger, clock).RunAsync(recipients, cancellation);

    public async Task<StepAnswer> SendNowAsync(ProviderConnection connection, TriggeredSend send, CancellationToken cancellation)
    {
        send.MustFit(Info);
        var client = Client(connection, send.ScopeId);
        await client.WaitForTurnAsync(cancellation);
        return new StepAnswer((await client.TriggerNowAsync(send, cancellation)).DispatchId);
    }

    /// <summary>Appboy keeps no name of ours and lists no API schedule: a lost answer stays unknown.</summary>
    public Task ReconcileAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => Task.CompletedTask;

    public Task<CancelResult> CancelAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) =>
        new AppboyCancel(Client(connection, order.ScopeId), order, ledger, clock).RunAsync(cancellation);

    public async Task<MetricsReading?> GetMetricsAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (now < order.SendAt || !(await ledger.ReadAsync(cancellation)).Any(step => step.State is StepState.Accepted or StepState.Unknown))
            return null;
        var since = AppboyAssumptions.FirstDay(order.SendAt);
        // One more, because the day may have turned in the account's zone already.
        var days = DateOnly.FromDateTime(now.UtcDateTime).DayNumber - since.DayNumber + 2;
        var (series, raw) = await Client(connection, order.ScopeId).GetSeriesAsync(order.TemplateId, days, now, cancellation);
        return AppboyMetrics.Read(series, raw, order, since);
    }

    /// <summary>Nothing is kept at Appboy.</summary>
    public Task CleanUpAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => Task.CompletedTask;

    private List<AppboyClient> Clients(ProviderConnection connection) => [.. ((AppboySettings)connection.Settings).Groups.Select(group => Client(connection, group))];

    private AppboyClient Client(ProviderConnection connection, string? scope) => Client(connection, ((AppboySettings)connection.Settings).Group(scope)
        ?? throw new ProviderException(ProviderFault.Misconfigured, $"The app group \"{scope}\" is not in the connection's settings. Enter it there, or choose another message."));

    private AppboyClient Client(ProviderConnection connection, AppboyGroup group) =>
        new(outbound, connection, group, account => _paces.GetOrAdd(account, _ => new AppboyPace(clock)));
}
