using Optimove.Portal.Metrics.Posts;
using Optimove.Portal.Metrics.Triggered;

namespace Optimove.Portal.Metrics;

public static class MetricsFeature
{
    public static IServiceCollection AddDeliveryMetrics(this IServiceCollection services)
    {
        services.AddScoped<CollectMetrics>();
        services.AddScoped<TakeFigures>().AddScoped<TakeInteractions>().AddScoped<PostedReadings>().AddScoped<InteractionQueries>();
        services.AddScoped<TriggeredFigureQueries>();
        return services;
    }

    public static IEndpointRouteBuilder MapDeliveryMetrics(this IEndpointRouteBuilder routes) => routes;
}
