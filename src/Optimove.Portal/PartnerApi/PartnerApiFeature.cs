using Optimove.Portal.PartnerApi.Callbacks;
using Optimove.Portal.PartnerApi.Calls;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.PartnerApi.Documents;
using Optimove.Portal.PartnerApi.Transport;

namespace Optimove.Portal.PartnerApi;

/// <summary>The REST door for integration partners and clients: thin functions over the use cases of the stages.</summary>
public static class PartnerApiFeature
{
    public static IServiceCollection AddPartnerApi(this IServiceCollection services)
    {
        services.AddOptions<PartnerApiOptions>().BindConfiguration("PartnerApi");
        services.AddSingleton<CallRate>();
        services.AddSingleton<FailedLogins>();
        services.AddSingleton<CallerLookup>();
        services.AddSingleton<CallLog>();
        services.AddHostedService(s => s.GetRequiredService<CallLog>());
        foreach (var useCase in new[]
        {
            typeof(FindCaller), typeof(OpenSession), typeof(IssueCredential), typeof(RotateCredential), typeof(RevokeCredential), typeof(CredentialQueries), typeof(ReachQueries),
            typeof(CallQueries), typeof(TidyCalls), typeof(QueueCallback), typeof(DeliverCallbacks),
        })
        {
            services.AddScoped(useCase);
        }
        return services;
    }

    /// <summary>Takes the API's addresses before pages, sign-in and anti-forgery see them.</summary>
    public static void UsePartnerApi(this IApplicationBuilder app) => app.UseMiddleware<ApiDoor>();

    public static void MapPartnerApi(this IEndpointRouteBuilder routes) => OpenApiDocument.Map(routes);
}
