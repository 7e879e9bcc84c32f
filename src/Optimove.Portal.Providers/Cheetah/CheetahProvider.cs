using Microsoft.Extensions.Options;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>
/// Sends a copy of a campaign of the client's Cheetah Messaging folder to an imported list. Nothing goes out before the copy is approved,
/// so whatever happens before that can be repeated or left lying without anybody getting a mail.
/// </summary>
public sealed class CheetahProvider(Outbound outbound, IOptions<ProviderOptions> options, TimeProvider clock) : IProvider
{
    private readonly CheetahTokens _tokens = new(clock);

    public ProviderInfo Info { get; } = new()
    {
        Key = "cheetah",
        Name = "Cheetah Messaging",
        Channel = Channel.Email,
        Identity = RecipientIdentity.Named,
        SettingsType = typeof(CheetahSettings),
        ChunkSize = 1000,
        WholeList = true,
        // Before the approval a new time is still taken over, or the campaign goes out with the approval.
        TellsTimeBy = CheetahSteps.Approve,
        Metrics = new HashSet<MetricKind> { MetricKind.Sent, MetricKind.Delivered, MetricKind.UniqueOpens, MetricKind.UniqueClicks, MetricKind.Unsubscribed },
        Checklist = CheetahChecklist.Items,
    };

    public string IdentityOf(object settings) => ((CheetahSettings)settings).Identity;

    public IReadOnlyList<string> AttributesOf(object settings) => ((CheetahSettings)settings).Attributes;

    public Task<CheckResult> CheckAsync(ProviderConnection connection, string item, CheckInput input, CancellationToken cancellation) =>
        new CheetahChecklist(Client(connection), clock).CheckAsync(item, input, cancellation);

    public Task<IReadOnlyList<ProviderTemplate>> GetTemplatesAsync(ProviderConnection connection, CancellationToken cancellation) =>
        new CheetahTemplates(Client(connection)).ReadAsync(cancellation);

    public Task SendAsync(ProviderConnection connection, SendOrder order, IAsyncEnumerable<RecipientChunk> recipients, ILedger ledger, CancellationToken cancellation) =>
        new CheetahPush(Client(connection), order, ledger, options.Value, clock).RunAsync(recipients, cancellation);

    public Task ReconcileAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) =>
        new CheetahSearch(Client(connection), order, ledger).SettleAsync(cancellation);

    public Task<CancelResult> CancelAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) =>
        new CheetahCancel(Client(connection), order, ledger).RunAsync(cancellation);

    public async Task<MetricsReading?> GetMetricsAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation)
    {
        var campaign = (await ledger.ReadAsync(cancellation)).IdOf(CheetahSteps.Campaign);
        return campaign is null ? null
            : await Client(connection).FindFiguresAsync(campaign, cancellation) is ({ } figures, { } raw) ? CheetahMetrics.Read(figures, raw) : null;
    }

    public async Task CleanUpAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation)
    {
        var steps = await ledger.ReadAsync(cancellation);
        var client = Client(connection);
        // Whether Cheetah still needs the import of a campaign that is on its way is not known.
        if (steps.IdOf(CheetahSteps.Campaign) is { } campaign && await client.FindCampaignAsync(campaign, cancellation) is { } found
            && CheetahAssumptions.ReadState(found) is not (CampaignState.Sent or CampaignState.Draft))
            return;
        foreach (var upload in steps.Where(step => CheetahSteps.IsUpload(step.Name)))
            if (steps.IdOf(upload.Name) is { } import)
                await client.DeleteImportAsync(import, cancellation);
    }

    private CheetahClient Client(ProviderConnection connection) => new(new CheetahAccess(outbound, _tokens, connection), (CheetahSettings)connection.Settings);
}
