namespace Optimove.Portal.Customers;

public static class CustomersFeature
{
    public static IServiceCollection AddCustomers(this IServiceCollection services)
    {
        return services;
    }

    public static IEndpointRouteBuilder MapCustomers(this IEndpointRouteBuilder routes) => routes;
}
