using System.Diagnostics;

namespace Optimove.Portal.E2E.Testing;

/// <summary>Asks again until it is so, for at most as long as jobs may take.</summary>
public static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> isSo, string what)
    {
        for (var clock = Stopwatch.StartNew(); !await isSo(); await Task.Delay(100, TestContext.Current.CancellationToken))
            Assert.True(clock.Elapsed.TotalMilliseconds < Person.JobPatience, $"Waited in vain for {what}.");
    }
}
