using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Channels.Connections;
using Optimove.Portal.Channels.Onboarding;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Channels.Partners.Events;
using Optimove.Portal.Channels.Partners.Events.Log;
using Optimove.Portal.Channels.Partners.Listeners;
using Optimove.Portal.Channels.Partners.Preferences;
using Optimove.Portal.Channels.Partners.Templates;
using Optimove.Portal.Channels.Templates;

namespace Optimove.Portal.Channels;

public static class ChannelsFeature
{
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddScoped<ConnectionAccess>();
        services.AddScoped<OpenConnection>();
        services.AddScoped<CustomerSample>();
        services.AddScoped<ReadDataFacts>().AddScoped<ReadAddressing>();
        services.AddScoped<TryChecklist>();
        services.AddScoped<RunCheck>();
        services.AddScoped<CheckConnection>();
        services.AddScoped<SyncTemplates>();
        services.AddScoped<RefreshConnections>();
        services.AddSingleton<OutgoingAddresses>();
        services.AddScoped<AskTexts>();
        services.AddScoped<HandOverQueries>();
        services.AddScoped<ConnectionQueries>();
        services.AddScoped<SaveConnection>();
        services.AddScoped<TrySecrets>();
        services.AddScoped<RemoveConnection>();
        services.AddScoped<ConfirmCheck>();
        services.AddScoped<ConnectionDeeds>();
        services.AddScoped<TemplateQueries>();
        services.AddScoped<EditTemplateSubject>();
        services.AddSingleton<PreviewPages>();
        services.AddScoped<PreviewTemplate>();
        services.AddScoped<PartnerChannelQueries>().AddScoped<SavePartnerChannel>().AddScoped<RemovePartnerChannel>();
        services.AddScoped<AddChannelTemplates>().AddScoped<DeleteChannelTemplates>().AddScoped<AddChannelApps>().AddScoped<DeleteChannelApps>();
        services.AddScoped<RegisterListener>().AddScoped<UnregisterListener>().AddScoped<ListenerQueries>();
        services.AddScoped<SetChannelPreference>();
        services.AddSingleton<PublicAddress>().AddSingleton<OutsideLine>().AddSingleton<EventBell>().AddHostedService<EventPump>();
        services.AddOptions<EventOptions>().BindConfiguration("Events");
        services.AddScoped<ReadPartnerFacts>().AddSingleton<QueueNews>().AddScoped<DeliverEvents>().AddScoped<PostNotice>();
        services.AddScoped<TryListener>().AddScoped<ReplayNotice>().AddScoped<NoticeQueries>().AddScoped<TidyNotices>().AddScoped<RefreshPartnerChecks>();
        return services;
    }

    public static IEndpointRouteBuilder MapChannels(this IEndpointRouteBuilder routes) => routes;
}
