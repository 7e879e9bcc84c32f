using Microsoft.Extensions.DependencyInjection;

namespace Optimove.Portal.Providers;

public static class Registration
{
    /// <summary>Adds every provider and the one HTTP pipeline that they share.</summary>
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.AddSingleton<ProviderCatalog>();
        return services;
    }
}
