using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.TargetGroups;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>The client's target groups.</summary>
internal static class GroupFunctions
{
    // Groups have no order among each other here: a campaign names the one it means.
    private const int NoPriority = 0;
    private static readonly ApiField Id = Must("TargetGroupID", ApiType.Integer), Name = Must("TargetGroupName", ApiType.Text);

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("GET", "Groups", "GetTargetGroupName", ApiCallers.Clients, NameAsync) { Summary = "A target group's name; 404 where there is none.", Query = [Id], Answer = ApiBody.Object(Name) },
        new("GET", "Groups", "GetTargetGroupID", ApiCallers.Clients, IdAsync) { Summary = "The number of the target group of a name; 404 where there is none.", Query = [Name], Answer = ApiBody.Object(Id) },
        new("GET", "Groups", "GetTargetGroupsByDate", ApiCallers.Clients, ByDateAsync)
        {
            Summary = "The target groups that there were on a day.", Query = [Must("Date", ApiType.Date)], Answer = ApiBody.List(int.MaxValue, Id),
        },
        new("GET", "Groups", "GetTargetGroupDetails", ApiCallers.Clients, DetailsAsync)
        {
            Summary = "Every target group; all have the priority 0.", Answer = ApiBody.List(int.MaxValue, Id, Name, Must("TargetGroupPriority", ApiType.Integer)),
        },
    ];

    private static async Task<ApiAnswer> NameAsync(ApiCall call)
    {
        var group = (await GroupsAsync(call)).FirstOrDefault(g => g.Id == call.Query.Int("TargetGroupID"));
        return group is null ? ApiAnswer.NotFound("There is no target group of this number.") : ApiAnswer.Json(new { TargetGroupName = group.Name });
    }

    // A name that was given again belongs to the group that has it now.
    private static async Task<ApiAnswer> IdAsync(ApiCall call)
    {
        var name = call.Query.Text("TargetGroupName");
        var group = (await GroupsAsync(call)).Where(g => g.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).OrderBy(g => g.ArchivedAt is not null).FirstOrDefault();
        return group is null ? ApiAnswer.NotFound("There is no target group of this name.") : ApiAnswer.Json(new { TargetGroupID = group.Id });
    }

    private static async Task<ApiAnswer> ByDateAsync(ApiCall call)
    {
        var (day, tenant) = (call.Query.DateOrNull("Date")!.Value, call.Caller.Tenant);
        return ApiAnswer.Json((await GroupsAsync(call)).Where(g => tenant.DayOf(g.CreatedAt) <= day && (g.ArchivedAt is not { } archived || tenant.DayOf(archived) > day)).Select(g => new { TargetGroupID = g.Id }));
    }

    private static async Task<ApiAnswer> DetailsAsync(ApiCall call) => ApiAnswer.Json((await GroupsAsync(call)).Where(g => g.ArchivedAt is null)
        .Select(g => new { TargetGroupID = g.Id, TargetGroupName = g.Name, TargetGroupPriority = NoPriority }));

    private static Task<IReadOnlyList<TargetGroup>> GroupsAsync(ApiCall call) => call.Get<TargetGroupQueries>().EverAsync(call.Cancellation);
}
