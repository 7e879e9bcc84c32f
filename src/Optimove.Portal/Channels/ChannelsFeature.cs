namespace Optimove.Portal.Channels;

public static class ChannelsFeature
{
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddScoped<OpenConnection>();
        services.AddScoped<SyncTemplates>();
        services.AddScoped<CheckConnection>();
        services.AddScoped<RefreshConnections>();
        return services;
    }

    public static IEndpointRouteBuilder MapChannels(this IEndpointRouteBuilder routes) => routes;
}
