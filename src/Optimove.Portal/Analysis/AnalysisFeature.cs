using Optimove.Portal.Analysis.Export;
using Optimove.Portal.Analysis.Figures;

namespace Optimove.Portal.Analysis;

public static class AnalysisFeature
{
    public static IServiceCollection AddAnalysis(this IServiceCollection services)
    {
        services.AddMemoryCache();
        services.AddScoped<MeasureOccurrence>();
        services.AddScoped<CountPeople>();
        services.AddScoped<FingerprintList>();
        services.AddScoped<ResultQueries>();
        services.AddScoped<ExportRecipients>();
        return services;
    }

    public static IEndpointRouteBuilder MapAnalysis(this IEndpointRouteBuilder routes)
    {
        ExportEndpoints.Map(routes);
        return routes;
    }
}
