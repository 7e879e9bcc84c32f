namespace Optimove.Portal.Analysis;

public static class AnalysisFeature
{
    public static IServiceCollection AddAnalysis(this IServiceCollection services)
    {
        return services;
    }

    public static IEndpointRouteBuilder MapAnalysis(this IEndpointRouteBuilder routes) => routes;
}
