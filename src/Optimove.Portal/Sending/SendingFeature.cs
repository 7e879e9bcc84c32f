using Optimove.Portal.Sending.Lists;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Sending.Running;

namespace Optimove.Portal.Sending;

public static class SendingFeature
{
    public static IServiceCollection AddSending(this IServiceCollection services)
    {
        services.AddOptions<SendingOptions>().BindConfiguration("Sending");
        services.AddScoped<AdvanceOccurrences>();
        services.AddScoped<AdvanceOccurrence>();
        services.AddScoped<PreflightGate>();
        services.AddScoped<PrepareList>();
        services.AddScoped<MakeList>();
        services.AddScoped<PushOccurrence>();
        services.AddScoped<CancelAtProvider>();
        services.AddScoped<RecipientStream>();
        services.AddScoped<Answers>();
        services.AddScoped<LedgerFor>();
        services.AddScoped<RunNight>();
        services.AddScoped<RunNightNow>();
        services.AddScoped<DecideNight>();
        return services;
    }
}
