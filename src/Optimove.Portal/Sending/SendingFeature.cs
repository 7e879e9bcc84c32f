using Microsoft.EntityFrameworkCore.Diagnostics;
using Optimove.Portal.Sending.Deciding;
using Optimove.Portal.Sending.DryRun;
using Optimove.Portal.Sending.Executions;
using Optimove.Portal.Sending.Lists;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Sending.Occurrences;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Sending.Recipients;
using Optimove.Portal.Sending.Running;
using Optimove.Portal.Sending.Triggers;

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
        services.AddScoped<FreezeOccurrence>();
        services.AddScoped<MakeList>();
        services.AddScoped<PushOccurrence>();
        services.AddScoped<AskProviderAgain>();
        services.AddScoped<CancelAtProvider>();
        services.AddScoped<RecipientStream>();
        services.AddScoped<Pacing>();
        services.AddScoped<Answers>();
        services.AddScoped<LedgerFor>();
        services.AddSingleton<ISaveChangesInterceptor, TellOfOccurrences>();
        services.AddScoped<RunNight>().AddScoped<TellOfNight>();
        services.AddScoped<RunNightNow>();
        services.AddScoped<DecideNight>();
        services.AddScoped<FinishRest>().AddScoped<AskNow>().AddScoped<TryAgain>().AddScoped<SkipOccurrence>().AddScoped<SendToday>().AddScoped<SettleUnknown>();
        services.AddScoped<ReadDryOrder>().AddScoped<MakeDryList>().AddScoped<RehearseCampaign>();
        services.AddSingleton<DryRunTurns>();
        services.AddScoped<OccurrenceQueries>().AddScoped<RecipientQueries>();
        services.AddTriggers();
        services.AddScoped<ExecutionQueries>().AddScoped<RecipientPages>().AddSingleton<PageMarks>().AddScoped<NoteFetch>();
        return services;
    }

    public static IEndpointRouteBuilder MapSending(this IEndpointRouteBuilder routes)
    {
        routes.MapRecipientExport();
        return routes;
    }
}
