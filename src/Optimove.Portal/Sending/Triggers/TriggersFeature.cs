using Optimove.Portal.Sending.Triggers.Deciding;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Sending.Triggers.Events;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Sending.Triggers.Live;

namespace Optimove.Portal.Sending.Triggers;

/// <summary>Real-time events and the campaigns that they trigger.</summary>
public static class TriggersFeature
{
    public static IServiceCollection AddTriggers(this IServiceCollection services)
    {
        services.AddSingleton<KnownTriggers>().AddSingleton<EventLine>().AddSingleton<UndecidedLine>();
        services.AddScoped<TriggerChannels>().AddScoped<TriggerWorldQueries>().AddScoped<ReportEvents>().AddScoped<RecordEvents>();
        services.AddScoped<DecideMet>().AddScoped<DecideEvents>().AddScoped<DecideBatch>().AddScoped<LeaveOutEvent>().AddScoped<DecideDueWaits>().AddScoped<DecideDueBatch>().AddSingleton<DecisionBell>();
        services.AddSingleton<HandoverBell>().AddHostedService<HandoverPump>().AddSingleton<HandoverLanes>();
        services.AddScoped<HandoverQueue>().AddScoped<CallProvider>().AddScoped<SendTriggered>().AddScoped<HandoverQueries>().AddScoped<DecideUnknownSends>().AddScoped<DropWaitingSends>();
        services.AddScoped<EventDefinitionQueries>().AddScoped<SaveEventDefinition>().AddScoped<RetireEventDefinition>();
        services.AddScoped<TriggerChoicesQueries>().AddScoped<TriggeredCampaignQueries>();
        services.AddScoped<SaveTriggeredCampaign>().AddScoped<StartTriggeredCampaign>().AddScoped<PauseTriggeredCampaign>().AddScoped<EndTriggeredCampaign>();
        services.AddScoped<FlowQueries>().AddScoped<TidyEvents>();
        return services;
    }
}
