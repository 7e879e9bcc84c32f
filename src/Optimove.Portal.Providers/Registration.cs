using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Optimove.Portal.Providers.Appboy;
using Optimove.Portal.Providers.Cheetah;
using Optimove.Portal.Providers.Http;
using Optimove.Portal.Providers.MailChimp;
using Optimove.Portal.Providers.MobilePush;
using Optimove.Portal.Providers.Partner;

namespace Optimove.Portal.Providers;

public static class Registration
{
    /// <summary>Adds every provider and the one HTTP pipeline that they share.</summary>
    public static IServiceCollection AddProviders(this IServiceCollection services, Action<ProviderOptions>? configure = null)
    {
        services.AddLogging();
        services.AddOptions<ProviderOptions>().Configure(configure ?? (_ => { }));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Outbound>();
        services.AddSingleton<ProviderCatalog>();

        services.AddSingleton<IProvider, MailChimpProvider>();
        services.AddSingleton<IProvider, MobilePushProvider>();
        services.AddSingleton<IProvider, AppboyProvider>();
        services.AddSingleton<IProvider, CheetahProvider>();
        foreach (var channel in Enum.GetValues<Channel>()) services.AddSingleton<IProvider>(new PartnerProvider(channel));
        return services;
    }
}
