namespace Optimove.Portal.Twins.Partner;

/// <summary>Runs the programs of every partner of a world, those that are added later too.</summary>
internal static class PartnerPrograms
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <param name="listener">Where a partner of this name is told.</param>
    public static async Task RunAsync(TwinWorld world, Func<string, Uri> listener, CancellationToken cancellation)
    {
        var running = new Dictionary<PartnerAccount, Task>();
        while (!cancellation.IsCancellationRequested)
        {
            foreach (var account in world.PartnerAccounts.Where(a => !running.ContainsKey(a)))
                running[account] = new PartnerProgram(account, listener(account.Name), world.Clock).RunAsync(cancellation);
            await Task.Delay(Look, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(running.Values);
    }
}
