namespace Optimove.Portal.Metrics;

public static class MetricsFeature
{
    public static IServiceCollection AddDeliveryMetrics(this IServiceCollection services)
    {
        services.AddScoped<CollectMetrics>();
        return services;
    }

    public static IEndpointRouteBuilder MapDeliveryMetrics(this IEndpointRouteBuilder routes) => routes;
}
