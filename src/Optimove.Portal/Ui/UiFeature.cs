using Optimove.Portal.Ui.Overlays;
using Radzen;

namespace Optimove.Portal.Ui;

/// <summary>What the shared components need: Radzen's services, toasts and confirmations, one of each per circuit.</summary>
public static class UiFeature
{
    public static IServiceCollection AddUi(this IServiceCollection services) =>
        services.AddRadzenComponents().AddScoped<Toasts>().AddScoped<Confirmations>();
}
