namespace Optimove.Portal.Metrics;

public static class MetricsFeature
{
    public static IServiceCollection AddMetrics(this IServiceCollection services)
    {
        return services;
    }

    public static IEndpointRouteBuilder MapMetrics(this IEndpointRouteBuilder routes) => routes;
}
