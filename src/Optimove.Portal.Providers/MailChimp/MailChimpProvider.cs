using Microsoft.Extensions.Options;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.MailChimp;

/// <summary>
/// Sends an e-mail template to a static segment of the client's MailChimp list. Nothing goes out before the one call that schedules
/// the one campaign, so whatever happens before it can be repeated or left lying without anybody getting a mail.
/// </summary>
public sealed class MailChimpProvider(Outbound outbound, IOptions<ProviderOptions> options, TimeProvider clock) : IProvider
{
    public ProviderInfo Info { get; } = new()
    {
        Key = "mailchimp",
        Name = "MailChimp",
        Channel = Channel.Email,
        Identity = RecipientIdentity.EmailAddress,
        SettingsType = typeof(MailChimpSettings),
        ChunkSize = 500,
        SendGridMinutes = 15,
        TemplatesNeedSubject = true,
        Metrics = Enum.GetValues<MetricKind>().ToHashSet(),
        Checklist = MailChimpChecklist.Items,
    };

    public Task<CheckResult> CheckAsync(ProviderConnection connection, string item, CheckInput input, CancellationToken cancellation) =>
        new MailChimpChecklist(Client(connection)).CheckAsync(item, input, cancellation);

    public async Task<IReadOnlyList<ProviderTemplate>> GetTemplatesAsync(ProviderConnection connection, CancellationToken cancellation) =>
        [.. (await Client(connection).GetTemplatesAsync(cancellation)).Select(MailChimpTemplates.Read)];

    public Task SendAsync(ProviderConnection connection, SendOrder order, IAsyncEnumerable<RecipientChunk> recipients, ILedger ledger, CancellationToken cancellation) =>
        new MailChimpPush(Client(connection), order, ledger, options.Value, clock).RunAsync(recipients, cancellation);

    public Task ReconcileAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) =>
        new MailChimpSearch(Client(connection), order, ledger).SettleAsync(cancellation);

    public Task<CancelResult> CancelAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) =>
        new MailChimpCancel(Client(connection), order, ledger).RunAsync(cancellation);

    public async Task<MetricsReading?> GetMetricsAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation)
    {
        var campaign = (await ledger.ReadAsync(cancellation)).AnswerOf(MailChimpSteps.Campaign)?.ProviderId;
        return campaign is null ? null
            : await Client(connection).FindReportAsync(campaign, cancellation) is ({ } report, { } raw) ? MailChimpMetrics.Read(report, raw) : null;
    }

    public async Task CleanUpAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation)
    {
        var steps = await ledger.ReadAsync(cancellation);
        if (steps.AnswerOf(MailChimpSteps.Segment)?.ProviderId is not { } segment)
            return;
        var client = Client(connection);
        var campaign = steps.AnswerOf(MailChimpSteps.Campaign)?.ProviderId is { } id ? await client.FindCampaignAsync(id, cancellation) : null;
        // MailChimp reads the segment when the sending begins.
        if (campaign?.Status is not ("schedule" or "sending"))
            await client.DeleteSegmentAsync(MailChimpSteps.SegmentId(segment), cancellation);
    }

    private MailChimpClient Client(ProviderConnection connection) => new(outbound, connection, options.Value.MailChimpConnections);
}
