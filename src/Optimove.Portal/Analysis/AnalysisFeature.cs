using Optimove.Portal.Analysis.Export;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Analysis.Triggered;
using Optimove.Portal.Shell.Home;

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
        services.AddScoped<TriggeredOutcomeQueries>().AddScoped<MeasureTriggered>();
        services.AddScoped<ClosedResultsReader>(s => s.GetRequiredService<ResultQueries>().ClosedLatelyAsync);
        services.AddSingleton<ExportFigures>();
        services.AddScoped<ExportResponses>();
        return services;
    }

    public static IEndpointRouteBuilder MapAnalysis(this IEndpointRouteBuilder routes)
    {
        ExportEndpoints.Map(routes);
        return routes;
    }
}
