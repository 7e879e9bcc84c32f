using Microsoft.Extensions.DependencyInjection.Extensions;
using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Campaigns.Launch;
using Optimove.Portal.Campaigns.Overview;
using Optimove.Portal.Campaigns.Promotions;
using Optimove.Portal.Campaigns.Reach;
using Optimove.Portal.Campaigns.Scheduling;

namespace Optimove.Portal.Campaigns;

public static class CampaignsFeature
{
    public static IServiceCollection AddCampaigns(this IServiceCollection services)
    {
        services.AddScoped<ChangeOccurrence>();
        services.AddScoped<CreateDraft>().AddScoped<SaveDraft>().AddScoped<DuplicateCampaign>().AddScoped<DiscardDraft>().AddScoped<DraftQueries>();
        services.AddScoped<CheckLaunch>();
        services.AddScoped<ScheduleCampaign>().AddScoped<UnscheduleCampaign>().AddScoped<EditScheduled>().AddScoped<CancelCampaign>();
        services.AddScoped<CountReach>().AddScoped<ReachSample>().AddScoped<ReadBaseRate>();
        services.AddScoped<CampaignQueries>();
        services.AddScoped<AddPromotions>().AddScoped<DeletePromotions>().AddScoped<PromotionQueries>().AddScoped<SetPromotionStatus>();
        services.TryAddScoped<UsualLiftReader>(_ => _ => Task.FromResult<UsualLift?>(null));
        return services;
    }

    public static IEndpointRouteBuilder MapCampaigns(this IEndpointRouteBuilder routes) => routes;
}
