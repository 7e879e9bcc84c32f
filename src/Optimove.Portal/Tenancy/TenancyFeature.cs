namespace Optimove.Portal.Tenancy;

public static class TenancyFeature
{
    public static IServiceCollection AddTenancy(this IServiceCollection services)
    {
        services.AddScoped<TenantContext>();
        services.AddScoped<Actor>();
        services.AddScoped<Audit>();
        services.AddScoped<TenantDatabase>();
        services.AddScoped<TenantSecrets>();
        services.AddSingleton<ForEachTenant>();
        return services;
    }
}
