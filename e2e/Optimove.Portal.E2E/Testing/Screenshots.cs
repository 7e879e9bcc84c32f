namespace Optimove.Portal.E2E.Testing;

/// <summary>Pictures of a page at the two widths that it must work at, light and dark.</summary>
public static class Screenshots
{
    private static readonly (int Width, int Height)[] _sizes = [(1280, 800), (390, 844)];

    /// <summary>Where pictures go: PORTAL_SCREENSHOTS, which <c>./dev screenshots</c> sets.</summary>
    public static string Folder => Environment.GetEnvironmentVariable("PORTAL_SCREENSHOTS") is { Length: > 0 } folder ? folder : Path.Combine(AppContext.BaseDirectory, "screenshots");

    /// <summary>Writes <c>name-1280-light.png</c> and its three sisters.</summary>
    public static async Task TakeAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Folder);
        var before = page.ViewportSize!;
        foreach (var (width, height) in _sizes)
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.SetViewportSizeAsync(width, height);
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await File.WriteAllBytesAsync(Path.Combine(Folder, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"), await StillAsync(page));
            }
        await page.SetViewportSizeAsync(before.Width, before.Height);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    // A chart is drawn again for a new width; the page is still when two pictures in a row are the same.
    private static async Task<byte[]> StillAsync(IPage page)
    {
        await page.EvaluateAsync("() => document.fonts.ready");
        var last = await ShootAsync(page);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var next = await ShootAsync(page);
            if (next.AsSpan().SequenceEqual(last)) return next;
            last = next;
        }
        return last;
    }

    private static Task<byte[]> ShootAsync(IPage page) =>
        page.ScreenshotAsync(new() { FullPage = true, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
}
