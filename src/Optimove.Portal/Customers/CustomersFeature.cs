using Optimove.Portal.Customers.Import;

namespace Optimove.Portal.Customers;

public static class CustomersFeature
{
    public static IServiceCollection AddCustomers(this IServiceCollection services)
    {
        services.AddSingleton<CustomerFileImport>();
        services.AddScoped<ImportFile>();
        services.AddScoped<ImportFolder>();
        services.AddOptions<ImportFolderOptions>().BindConfiguration("Imports");
        return services;
    }

    public static IEndpointRouteBuilder MapCustomers(this IEndpointRouteBuilder routes) => routes;
}
