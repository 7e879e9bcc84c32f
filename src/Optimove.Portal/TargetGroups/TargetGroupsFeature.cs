namespace Optimove.Portal.TargetGroups;

public static class TargetGroupsFeature
{
    public static IServiceCollection AddTargetGroups(this IServiceCollection services)
    {
        services.AddScoped<TenantRules>();
        services.AddScoped<RecordGroupSizes>();
        return services;
    }

    public static IEndpointRouteBuilder MapTargetGroups(this IEndpointRouteBuilder routes) => routes;
}
