using Optimove.Portal.E2E.Testing;

[assembly: AssemblyFixture(typeof(Browser))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Optimove.Portal.E2E.Testing;

/// <summary>One Chromium for the run: the distribution's, or the one that PLAYWRIGHT_CHROMIUM names.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] _places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string[] _flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var chromium = _places.Prepend(Environment.GetEnvironmentVariable("PLAYWRIGHT_CHROMIUM")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no Chromium. On Debian: apt-get install chromium; elsewhere set PLAYWRIGHT_CHROMIUM to its path.");
        SetDefaultExpectTimeout(Person.Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = _flags });
    }

    /// <summary>A tab of a person of their own: no cookie is shared with another tab.</summary>
    public async Task<Tab> OpenAsync(PortalProcess portal, int width = 1280, int height = 800)
    {
        var context = await _browser!.NewContextAsync(new() { BaseURL = portal.Url, Locale = "en-GB", ViewportSize = new() { Width = width, Height = height } });
        context.SetDefaultTimeout(Person.Patience);
        context.SetDefaultNavigationTimeout(Person.Patience);
        return new(portal, context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
