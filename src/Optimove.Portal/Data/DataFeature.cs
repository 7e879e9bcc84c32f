using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using Optimove.Portal.Data.Clock;
using Optimove.Portal.Data.Keys;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Data;

public static class DataFeature
{
    public static IServiceCollection AddData(this IServiceCollection services, DatabaseOptions options, bool development)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => NpgsqlDataSource.Create(options.AppConnectionString));
        services.AddSingleton<PreparedDatabase>();
        services.AddSingleton(_ => new OwnerDatabase(options.OwnerConnectionString));
        services.AddSingleton<PrepareDatabase>();
        services.AddSingleton<ProvisionTenant>();
        // Made once: what EF prepares for each set of options costs as much as a small query.
        services.AddSingleton(s => new DbContextOptionsBuilder<PortalDb>().UseApplicationServiceProvider(s).UseNpgsql(s.GetRequiredService<NpgsqlDataSource>())
            .AddInterceptors([new TenantInterceptor(), .. s.GetServices<ISaveChangesInterceptor>()]).Options);
        services.AddScoped<IDbContextFactory<PortalDb>, PortalDbFactory>();
        services.AddScoped(s => s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContext());

        services.AddDataProtection().SetApplicationName("Optimove.Portal");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(o =>
        {
            o.XmlRepository = new KeyRing(s.GetRequiredService<NpgsqlDataSource>());
            o.XmlEncryptor = new MasterKeyEncryptor(options);
        }));

        services.AddSingleton<PortalClock>();
        services.AddSingleton<TimeProvider>(s => s.GetRequiredService<PortalClock>());
        services.AddSingleton<MoveClock>();
        if (development) services.AddHostedService<FollowClock>();
        return services;
    }
}
