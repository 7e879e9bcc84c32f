using System.Runtime.CompilerServices;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Tests.Metrics;

/// <summary>A provider whose readings a test decides.</summary>
internal sealed class StandInProvider : IProvider
{
    public static readonly ProviderInfo StandIn = new()
    {
        Key = "standin", Name = "StandIn", Channel = Providers.Channel.Email, Identity = RecipientIdentity.EmailAddress, SettingsType = typeof(Settings), ChunkSize = 500, Checklist = [],
        Metrics = new HashSet<MetricKind> { MetricKind.Sent, MetricKind.Delivered, MetricKind.UniqueOpens, MetricKind.UniqueClicks },
    };

    public ProviderInfo Info => StandIn;

    /// <summary>What the next reading gives; null is "not yet".</summary>
    public Func<MetricsReading?> Reading { get; set; } = () => null;
    public int Readings { get; private set; }
    public int CleanUps { get; private set; }

    public static MetricsReading Opens(long opens) => new(100, 98, null, opens, null, opens / 5, null, null, null, $$"""{"opens":{{opens}}}""", opens > 30 ? "Another send is in these figures." : null);

    public Task<MetricsReading?> GetMetricsAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation)
    {
        Readings++;
        return Task.FromResult(Reading());
    }

    public Task CleanUpAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation)
    {
        CleanUps++;
        return Task.CompletedTask;
    }

    public Task<CheckResult> CheckAsync(ProviderConnection connection, string item, CheckInput input, CancellationToken cancellation) => throw Unasked();
    public Task<IReadOnlyList<ProviderTemplate>> GetTemplatesAsync(ProviderConnection connection, CancellationToken cancellation) => throw Unasked();
    public Task SendAsync(ProviderConnection connection, SendOrder order, IAsyncEnumerable<RecipientChunk> recipients, ILedger ledger, CancellationToken cancellation) => throw Unasked();
    public Task ReconcileAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => throw Unasked();
    public Task<CancelResult> CancelAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => throw Unasked();

    private static InvalidOperationException Unasked([CallerMemberName] string name = "") => new($"{name} is not asked in these tests.");

    internal sealed record Settings;
}
