using Microsoft.Extensions.DependencyInjection.Extensions;
using Optimove.Portal.Customers.Preferences;
using Optimove.Portal.TargetGroups.Builder;
using Optimove.Portal.TargetGroups.Counts;
using Optimove.Portal.TargetGroups.Members;
using Optimove.Portal.TargetGroups.Places;
using Optimove.Portal.TargetGroups.Segments;
using Optimove.Portal.TargetGroups.Uses;

namespace Optimove.Portal.TargetGroups;

public static class TargetGroupsFeature
{
    public static IServiceCollection AddTargetGroups(this IServiceCollection services)
    {
        services.AddMemoryCache();
        services.TryAddScoped<OwnChannels>();
        services.AddScoped<TenantRules>();
        services.AddScoped<RecordGroupSizes>();
        services.AddScoped<GroupUses>();
        services.AddScoped<TargetGroupQueries>();
        services.AddScoped<SaveTargetGroup>();
        services.AddScoped<ArchiveTargetGroup>();
        services.AddScoped<CountRule>();
        services.AddScoped<PreviewChange>();
        services.AddScoped<AttributeValues>();
        services.AddScoped<SamplePeople>();
        services.AddScoped<ExplainMembership>();
        services.AddScoped<CustomerPlaces>();
        services.AddScoped<SegmentQueries>().AddScoped<SaveSegment>().AddScoped<MoveSegment>().AddScoped<RemoveSegment>();
        services.AddTransient<LiveCount>();
        return services;
    }

    public static IEndpointRouteBuilder MapTargetGroups(this IEndpointRouteBuilder routes) => routes;
}
