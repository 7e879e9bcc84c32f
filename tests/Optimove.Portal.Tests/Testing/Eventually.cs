using System.Diagnostics;

namespace Optimove.Portal.Tests.Testing;

/// <summary>Waits for what happens elsewhere, and fails with a sentence when it does not happen in time.</summary>
public static class Eventually
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    public static Task Async(Func<bool> condition, TimeSpan? deadline = null, string? what = null) =>
        Async(() => Task.FromResult(condition()), deadline, what);

    public static async Task Async(Func<Task<bool>> condition, TimeSpan? deadline = null, string? what = null)
    {
        var patience = deadline ?? _patience;
        for (var clock = Stopwatch.StartNew(); !await condition(); await Task.Delay(10, TestContext.Current.CancellationToken))
            if (clock.Elapsed > patience)
                Assert.Fail($"Waited {patience.TotalSeconds:0.#} s in vain for {what ?? "the condition"}.");
    }
}
