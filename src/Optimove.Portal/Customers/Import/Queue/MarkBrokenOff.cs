using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Customers.Import.Queue;

/// <summary>Ends the runs that have given no sign of life for two minutes: the process that worked on them is gone. Saying so again changes nothing.</summary>
public sealed class MarkBrokenOff(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    private const string Sentence = "The portal stopped while it worked on this file. A file is used whole or not at all, and this one was not recorded as used: import it again.";

    /// <returns>How many runs were ended.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var dead = now.AddMinutes(-2);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.ImportRuns.Where(r => r.State == ImportState.Running && (r.AliveAt ?? r.StartedAt) < dead).ExecuteUpdateAsync(u => u
            .SetProperty(r => r.State, ImportState.Failed).SetProperty(r => r.Sentence, Sentence).SetProperty(r => r.FinishedAt, now), cancellation);
    }
}
