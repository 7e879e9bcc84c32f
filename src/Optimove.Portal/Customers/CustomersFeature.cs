using Optimove.Portal.Accounts;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Customers.Attributes.Programs;
using Optimove.Portal.Customers.Days;
using Optimove.Portal.Customers.Explorer;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Customers.Import.Queue;
using Optimove.Portal.Customers.Import.Runs;
using Optimove.Portal.Customers.Preferences;

namespace Optimove.Portal.Customers;

public static class CustomersFeature
{
    public static IServiceCollection AddCustomers(this IServiceCollection services)
    {
        services.AddOptions<ImportOptions>().BindConfiguration("Imports");
        services.AddSingleton<CustomerFileImport>();
        services.AddSingleton<ImportQueue>();
        services.AddHostedService(s => s.GetRequiredService<ImportQueue>());
        services.AddSingleton<CustomerCounts>();
        foreach (var useCase in new[]
        {
            typeof(ImportFile), typeof(LoadFile), typeof(ImportFolder), typeof(ReceiveUpload), typeof(MarkBrokenOff),
            typeof(ImportQueries), typeof(DecideImport), typeof(TidyImports), typeof(ImportNightly),
            typeof(AttributeQueries), typeof(AttributeTexts), typeof(UpdateAttributes), typeof(UpsertCustomer), typeof(AddAttributes), typeof(ChangeAttribute), typeof(RetireAttribute),
            typeof(OwnChannels), typeof(CustomerDays), typeof(AttributeChangers),
            typeof(IndexCustomers), typeof(ExplorerQueries), typeof(CustomerQueries),
        })
        {
            services.AddScoped(useCase);
        }
        return services;
    }

    public static IEndpointRouteBuilder MapCustomers(this IEndpointRouteBuilder routes)
    {
        var tenant = routes.MapTenant();
        UploadEndpoint.Map(tenant);
        RejectEndpoint.Map(tenant);
        return routes;
    }
}
