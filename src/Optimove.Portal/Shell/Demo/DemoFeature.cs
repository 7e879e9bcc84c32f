using Microsoft.Extensions.Options;
using Optimove.Portal.Accounts.SignIn;
using Optimove.Portal.Channels.Connections;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data.Embedded;
using Optimove.Portal.Twins;

namespace Optimove.Portal.Shell.Demo;

/// <summary>The demo: clients with people and data, and twins in place of providers. Development only.</summary>
public static class DemoFeature
{
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration, EmbeddedPostgres? server)
    {
        services.AddOptions<DemoOptions>().Configure(o => (o.Seed, o.Folder) = (server is not null, server?.Folder ?? "")).Bind(configuration.GetSection("Demo"));
        services.AddSingleton(s => new TwinWorld(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RunningTwin>();
        services.AddSingleton<TwinAddress>(s => s.GetRequiredService<RunningTwin>().AddressOf);
        services.AddSingleton<SeedDemo>();
        services.AddScoped<DemoClients>();
        services.AddScoped<DemoShop>();
        services.AddScoped<DemoStory>().AddScoped<DemoPartner>().AddScoped<DemoTrigger>().AddScoped<DemoVisits>();
        services.PostConfigure<ImportOptions>(o => o.Root = o.Root.Length > 0 || server is null ? o.Root : Path.Combine(server.Folder, "files"));
        return services;
    }

    /// <summary>Starts the twins, fills an empty database, and says where to sign in and as whom.</summary>
    public static async Task StartDemoAsync(this WebApplication app, CancellationToken cancellation = default)
    {
        var options = app.Services.GetRequiredService<IOptions<DemoOptions>>().Value;
        if (!options.Seed) return;
        var twin = await DemoTwin.StartAsync(app.Services, options.TwinPort, options.Folder.Length > 0 ? Path.Combine(options.Folder, "twins.state") : null, cancellation);
        app.Services.GetRequiredService<RunningTwin>().Host = twin.Host;
        app.Lifetime.ApplicationStopped.Register(() => twin.DisposeAsync().AsTask().GetAwaiter().GetResult());
        await app.Services.GetRequiredService<SeedDemo>().RunAsync(twin, cancellation);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            DemoPartner.Open(app.Services.GetRequiredService<TwinWorld>(), new(app.Urls.First()));
            Announce(app);
        });
    }

    private static void Announce(WebApplication app)
    {
        Console.WriteLine($"""

            Optimove.Portal is running at {app.Urls.First()}
              marketer          marketer{DemoAccounts.Domain}
              client admin      admin{DemoAccounts.Domain}
              CSM               csm{DemoAccounts.Domain}
              staff admin       staff{DemoAccounts.Domain}
              another client    other{DemoAccounts.Domain}
              password of all   {DemoAccounts.Password}
            Ctrl-C stops it.

            """);
    }
}
