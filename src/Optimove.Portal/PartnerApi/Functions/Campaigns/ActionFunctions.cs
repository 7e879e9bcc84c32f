using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Connections;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.Sending.Executions;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions.Campaigns;

/// <summary>Campaigns, their channels and the actions that they use. An action is the template that a customer gets.</summary>
internal static class ActionFunctions
{
    private static readonly ApiField Campaign = SendDetailFunctions.Campaign, Action = SendDetailFunctions.Action, Date = Must("Date", ApiType.Date), Name = Must("ActionName", ApiType.Text),
        TargetGroup = Must("TargetGroupID", ApiType.Integer), Group = Must("RecipientGroupID", ApiType.Integer), Promo = SendDetailFunctions.Promo;

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("GET", "Actions", "GetCampaignDetails", ApiCallers.ClientsAndPartners, DetailsAsync)
        {
            Summary = "One campaign; 404 where there is none that the key may see.", Query = [Campaign], Answer = ApiBody.Object(CampaignDetails.Fields),
        },
        new("GET", "Actions", "GetExecutedCampaignDetails", ApiCallers.Clients, OfDayAsync)
        {
            Summary = "The campaigns that were executed on a day.", Query = [Date], Answer = ApiBody.List(int.MaxValue, [Campaign, .. CampaignDetails.Fields]),
        },
        new("GET", "Actions", "GetExecutedCampaignsByChannel", ApiCallers.ClientsAndPartners, ByChannelAsync)
        {
            Summary = "The campaigns that were executed on a channel on a day.", Query = [TemplateFunctions.Channel, Date], Answer = ApiBody.List(int.MaxValue, Campaign),
        },
        new("GET", "Actions", "GetExecutedCampaignChannelDetails", ApiCallers.ClientsAndPartners, ChannelDetailsAsync)
        {
            Summary = "Template and time of an executed campaign on a channel.", Query = [Campaign, TemplateFunctions.Channel],
            Answer = ApiBody.List(int.MaxValue, Must("SendID", ApiType.Integer), Must("TemplateID", ApiType.Long), Must("ScheduledTime", ApiType.Text)),
        },
        new("GET", "Actions", "GetExecutionChannels", ApiCallers.Clients, ChannelsAsync)
        {
            Summary = "The channels of the client: those of partners and those of its connections.", Answer = ApiBody.List(int.MaxValue, SendDetailFunctions.ChannelNumber, Must("ChannelName", ApiType.Text)),
        },
        new("GET", "Actions", "GetActionName", ApiCallers.Clients, NameAsync) { Summary = "An action's name; 404 where there is none.", Query = [Action], Answer = ApiBody.Object(Name) },
        new("GET", "Actions", "GetActionID", ApiCallers.Clients, IdAsync) { Summary = "The number of the first action of a name; 404 where there is none.", Query = [Name], Answer = ApiBody.Object(Action) },
        new("GET", "Actions", "GetAllActions", ApiCallers.Clients, AllAsync) { Summary = "Every action that a campaign uses or has used.", Answer = ApiBody.List(int.MaxValue, Action, Name) },
        new("GET", "Actions", "GetActionsByTargetGroup", ApiCallers.Clients, ByGroupAsync)
        {
            Summary = "The actions of a target group on a day.", Query = [TargetGroup, Date], Answer = ApiBody.List(int.MaxValue, Group, Action),
        },
        new("GET", "Actions", "GetActionDetailsByTargetGroup", ApiCallers.Clients, DetailsByGroupAsync)
        {
            Summary = "The actions of a target group on a day with their days and channel.", Query = [TargetGroup, Date],
            Answer = ApiBody.List(int.MaxValue, Group, Action, Must("Duration", ApiType.Integer), Must("LeadTime", ApiType.Integer), SendDetailFunctions.ChannelNumber),
        },
        new("GET", "Actions", "GetPromoCodes", ApiCallers.Clients, PromoCodesAsync)
        {
            Summary = "The actions of a day with their promotion code, which is empty.", Query = [Date], Answer = ApiBody.List(int.MaxValue, TargetGroup, Group, Action, Promo),
        },
        new("GET", "Actions", "GetPromoCodesByCampaign", ApiCallers.Clients, PromoCodesByCampaignAsync)
        {
            Summary = "The actions of a campaign with their promotion code, which is empty.", Query = [Campaign], Answer = ApiBody.List(int.MaxValue, Group, Action, Promo),
        },
        new("GET", "Actions", "GetPromoCodesByTargetGroup", ApiCallers.Clients, PromoCodesByGroupAsync)
        {
            Summary = "The actions of a target group on a day with their promotion code, which is empty.", Query = [TargetGroup, Date], Answer = ApiBody.List(int.MaxValue, Group, Action, Promo),
        },
    ];

    private static async Task<ApiAnswer> DetailsAsync(ApiCall call)
    {
        var execution = await call.Get<ExecutionQueries>().FindAsync(call.Query.Int("CampaignID"), call.Cancellation);
        return execution is not null && call.Caller.MayReach(execution.ChannelId) ? ApiAnswer.Json(CampaignDetails.Of(execution)) : ApiAnswer.NotFound("There is no campaign of this number.");
    }

    private static async Task<ApiAnswer> OfDayAsync(ApiCall call) => ApiAnswer.Json((await ExecutedAsync(call)).Select(e => new NumberedDetails(e.Id, CampaignDetails.Of(e))));

    private static async Task<ApiAnswer> ByChannelAsync(ApiCall call) =>
        ApiAnswer.Json((await ExecutedAsync(call)).Where(e => e.ChannelId == call.Query.Int("ChannelID")).Select(e => new { CampaignID = e.Id }));

    private static async Task<ApiAnswer> ChannelDetailsAsync(ApiCall call)
    {
        var execution = await call.Get<ExecutionQueries>().FindAsync(call.Query.Int("CampaignID"), call.Cancellation);
        return ApiAnswer.Json(new[] { execution }.OfType<Execution>().Where(e => e.IsExecuted && e.ChannelId == call.Query.Int("ChannelID"))
            .Select(e => new { SendID = e.Id, TemplateID = e.TemplateNumber, ScheduledTime = WireTime.Of(e.Occurrence.SendAt) }));
    }

    // Some clients read the other spelling of the number.
    private static async Task<ApiAnswer> ChannelsAsync(ApiCall call)
    {
        var partners = await call.Get<PartnerChannelQueries>().ListAsync(call.Cancellation);
        var connections = await call.Get<ConnectionQueries>().ListAsync(call.Cancellation);
        var all = partners.Select(p => (Id: p.Channel.ChannelId, p.Channel.Name)).Concat(connections.Where(c => !c.Provider.ServedByPartner).Select(c => (Id: ExecutionChannel.Of(c.Id), c.Name)).OrderBy(c => c.Id));
        return ApiAnswer.Json(all.Select(c => new Dictionary<string, object> { ["ChannelID"] = c.Id, ["ChannelId"] = c.Id, ["ChannelName"] = c.Name }));
    }

    private static async Task<ApiAnswer> NameAsync(ApiCall call)
    {
        var found = (await ActionsAsync(call)).Where(a => a.Id == call.Query.Int("ActionID")).Select(a => a.Name).FirstOrDefault();
        return found is null ? ApiAnswer.NotFound("There is no action of this number.") : ApiAnswer.Json(new { ActionName = found });
    }

    private static async Task<ApiAnswer> IdAsync(ApiCall call)
    {
        var found = (await ActionsAsync(call)).Where(a => a.Name.Equals(call.Query.Text("ActionName"), StringComparison.OrdinalIgnoreCase)).Select(a => (int?)a.Id).FirstOrDefault();
        return found is null ? ApiAnswer.NotFound("There is no action of this name.") : ApiAnswer.Json(new { ActionID = found });
    }

    private static async Task<ApiAnswer> AllAsync(ApiCall call) => ApiAnswer.Json((await ActionsAsync(call)).Select(a => new { ActionID = a.Id, ActionName = a.Name }));

    private static async Task<ApiAnswer> ByGroupAsync(ApiCall call) =>
        ApiAnswer.Json((await OfGroupAsync(call)).Select(e => new { RecipientGroupID = PeopleAnswer.RecipientGroup, ActionID = e.TemplateId }));

    private static async Task<ApiAnswer> DetailsByGroupAsync(ApiCall call) => ApiAnswer.Json((await OfGroupAsync(call))
        .Select(e => new { RecipientGroupID = PeopleAnswer.RecipientGroup, ActionID = e.TemplateId, Duration = e.Days, LeadTime = CampaignDetails.NoLeadTime, ChannelID = e.ChannelId }));

    private static async Task<ApiAnswer> PromoCodesAsync(ApiCall call) => ApiAnswer.Json((await ExecutedAsync(call))
        .Select(e => new { TargetGroupID = e.TargetGroupId ?? 0, RecipientGroupID = PeopleAnswer.RecipientGroup, ActionID = e.TemplateId, PromoCode = "" }));

    private static async Task<ApiAnswer> PromoCodesByCampaignAsync(ApiCall call) =>
        ApiAnswer.Json(Codes(await call.Get<ExecutionQueries>().FindAsync(call.Query.Int("CampaignID"), call.Cancellation) is { } execution ? [execution] : []));

    private static async Task<ApiAnswer> PromoCodesByGroupAsync(ApiCall call) => ApiAnswer.Json(Codes(await OfGroupAsync(call)));

    private static IEnumerable<object> Codes(IEnumerable<Execution> executions) =>
        executions.Select(e => new { RecipientGroupID = PeopleAnswer.RecipientGroup, ActionID = e.TemplateId, PromoCode = "" });

    private static Task<IReadOnlyList<(int Id, string Name)>> ActionsAsync(ApiCall call) => call.Get<ExecutionQueries>().ActionsAsync(call.Cancellation);

    private static async Task<IEnumerable<Execution>> OfGroupAsync(ApiCall call) => (await ExecutedAsync(call)).Where(e => e.TargetGroupId == call.Query.Int("TargetGroupID"));

    private static async Task<IEnumerable<Execution>> ExecutedAsync(ApiCall call)
    {
        var day = call.Query.DateOrNull("Date")!.Value;
        return (await call.Get<ExecutionQueries>().ListAsync(o => o.Date == day, call.Cancellation)).Where(e => e.IsExecuted && e.Occurrence.PushStartedAt is not null);
    }
}
