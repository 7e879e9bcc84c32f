using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels;

/// <summary>Asks a provider about items of its checklist and gives each an answer, whatever happens outside. Keeps nothing.</summary>
public sealed class TryChecklist(CustomerSample sample, ReadDataFacts facts, ReadPartnerFacts partner, TimeProvider clock)
{
    /// <summary>How long a person who waits for one item waits at most.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    public async Task<CheckResult> RunAsync(IProvider provider, ProviderConnection access, string item, int templatesWithSubject, CancellationToken cancellation = default)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var input = new CheckInput((n, c) => sample.DrawAsync(provider, access.Settings, n, c), templatesWithSubject, c => facts.RunAsync(provider, access.Settings, c))
            {
                ReadPartnerAsync = partner.RunAsync,
            };
            return await provider.CheckAsync(access, item, input, stop.Token);
        }
        catch (ProviderException e)
        {
            return e.MayRepeat ? CheckResult.Attention(e.Message) : CheckResult.Blocked(e.Message);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return CheckResult.Attention($"{provider.Info.Name} did not answer within {Patience.TotalSeconds:0} seconds. It is asked again every night.");
        }
    }
}
