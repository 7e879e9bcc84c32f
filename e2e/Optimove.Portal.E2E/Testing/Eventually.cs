using System.Diagnostics;

namespace Optimove.Portal.E2E.Testing;

/// <summary>Asks again until it is so, for at most as long as jobs may take.</summary>
public static class Eventually
{
    /// <param name="what">What was waited for, with what there was instead.</param>
    public static async Task TrueAsync(Func<Task<bool>> isSo, Func<Task<string>> what)
    {
        for (var clock = Stopwatch.StartNew(); !await isSo(); await Task.Delay(100, TestContext.Current.CancellationToken))
            if (clock.Elapsed.TotalMilliseconds > Person.JobPatience) Assert.Fail("Waited in vain for " + await what());
    }
}
