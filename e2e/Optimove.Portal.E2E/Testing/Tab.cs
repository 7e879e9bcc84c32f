using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Optimove.Portal.E2E.Testing;

/// <summary>One page of one person, with everything that went wrong in it since it was opened.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly PortalProcess _portal;
    private readonly int _logged;
    private readonly ConcurrentQueue<string> _errors = new();

    internal Tab(PortalProcess portal, IBrowserContext context, IPage page)
    {
        (_portal, _logged, _context, Page) = (portal, portal.Log.Count, context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _errors.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _errors.Enqueue($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    /// <summary>Errors of the browser's console and of scripts so far.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Forgets what a test provoked on purpose.</summary>
    public void ForgetErrors() => _errors.Clear();

    public void AssertNoErrors() => Assert.True(_errors.IsEmpty, "The browser reported:\n" + string.Join('\n', _errors));

    /// <summary>Fails with each broken rule of axe and the elements that break it.</summary>
    public async Task AssertAccessibleAsync()
    {
        var findings = await AccessibilityFindingsAsync();
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    // No script runs in the sandboxed frames that hold clients' e-mails, so axe would wait there for ever.
    private static readonly AxeRunOptions _ownPagesOnly = new() { Iframes = false };

    /// <summary>Each rule of axe that the page breaks, with the elements that break it.</summary>
    public async Task<IReadOnlyList<string>> AccessibilityFindingsAsync() =>
        [.. (await Page.RunAxe(_ownPagesOnly)).Violations.Select(v => $"{Page.Url}: {v.Impact} {v.Id}: {v.Help}\n  " + string.Join("\n  ", v.Nodes.Take(5).Select(n => n.Html)))];

    /// <summary>Closes the tab and tells what the portal complained of meanwhile, which is printed with a test that failed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        foreach (var line in PortalProcess.Complaints(_portal.Log.Skip(_logged))) TestContext.Current.TestOutputHelper?.WriteLine(line);
    }
}
