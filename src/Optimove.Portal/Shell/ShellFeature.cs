using Optimove.Portal.Shell.Home;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Shell;

/// <summary>The frame of the portal: its pages, its static files, what every page shares.</summary>
public static class ShellFeature
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddScoped<ShellQueries>().AddScoped<Portfolio.PortfolioQueries>();
        return services.AddHome().AddUi();
    }

    public static IEndpointRouteBuilder MapShell(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets().AllowAnonymous();
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return endpoints;
    }
}
