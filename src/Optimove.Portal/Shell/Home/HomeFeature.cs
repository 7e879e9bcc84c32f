using Microsoft.Extensions.DependencyInjection.Extensions;
using Optimove.Portal.Shell.Search;

namespace Optimove.Portal.Shell.Home;

/// <summary>Mission Control and the search: pages that bring the stages together.</summary>
public static class HomeFeature
{
    public static IServiceCollection AddHome(this IServiceCollection services)
    {
        services.AddScoped<NeedsQueries>().AddScoped<HomeQueries>().AddScoped<SearchQueries>();
        services.AddScoped<NeedsYou>(s => s.GetRequiredService<NeedsQueries>().CountAsync);
        services.TryAddScoped<ClosedResultsReader>(_ => _ => Task.FromResult<IReadOnlyList<ClosedResult>>([]));
        return services;
    }
}
