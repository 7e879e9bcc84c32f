using Optimove.Portal.Channels.Partners;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Sending.Executions;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions.Campaigns;

/// <summary>To whom a campaign goes, through what and when: what a partner fetches once it is told that a campaign is ready.</summary>
internal static class SendDetailFunctions
{
    internal static readonly ApiField Campaign = Must("CampaignID", ApiType.Integer), Customer = Must("CustomerID", ApiType.Text), Template = Must("TemplateID", ApiType.Long),
        Action = Must("ActionID", ApiType.Integer), ChannelNumber = Must("ChannelID", ApiType.Integer), Promo = Must("PromoCode", ApiType.Text);

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("GET", "Customers", "GetCustomerSendDetailsByChannel", ApiCallers.ClientsAndPartners, ByChannelAsync)
        {
            Summary = "The customers to whom a campaign goes on a channel, with template, time and attributes.",
            Query = [Campaign, TemplateFunctions.Channel, .. AskedAttributes.Fields, .. ApiPage.Fields],
            Answer = ApiBody.List(int.MaxValue, Customer, Template, Must("ScheduledTime", ApiType.Text), AskedAttributes.Answer),
        },
        new("GET", "Customers", "GetCustomerSendDetailsByCampaign", ApiCallers.Clients, ByCampaignAsync)
        {
            Summary = "The customers to whom a campaign goes on all its channels.", Query = [Campaign, May("IncludeTemplateIDs", ApiType.Boolean), .. ApiPage.Fields],
            Answer = ApiBody.List(int.MaxValue, Customer, ChannelNumber, Must("ScheduledTime", ApiType.Text), Must("SendID", ApiType.Integer), May("TemplateID", ApiType.Long)),
        },
        new("GET", "Customers", "GetCustomerExecutionDetailsByCampaign", ApiCallers.ClientsAndPartners, ExecutionAsync)
        {
            Summary = "The customers to whom a campaign goes on a channel, with action, template and attributes.",
            Query = [Campaign, TemplateFunctions.Channel, .. AskedAttributes.Fields, .. ApiPage.Fields],
            Answer = ApiBody.List(int.MaxValue, Customer, Action, ChannelNumber, Template, Must("TemplateName", ApiType.Text), Must("ScheduleTime", ApiType.Text), Promo, AskedAttributes.Answer),
        },
        new("GET", "Customers", "GetCanceledCampaignCustomers", ApiCallers.Clients, CancelledAsync)
        {
            Summary = "The customers of a cancelled campaign.", Query = [Campaign], Answer = ApiBody.List(int.MaxValue, Customer, Action, Promo),
        },
        new("GET", "Customers", "GetCurrentlyTargetedCustomers", ApiCallers.Clients, TargetedAsync)
        {
            Summary = "The customers of all campaigns whose days are not over.", Query = ApiPage.Fields,
            Answer = ApiBody.List(int.MaxValue, Customer, Campaign, Action, Must("StartDate", ApiType.Date), Must("EndDate", ApiType.Date)),
        },
    ];

    private static async Task<ApiAnswer> ByChannelAsync(ApiCall call) => await PeopleAnswer.OfAsync(call, await FetchedAsync(call), (json, person) =>
    {
        json.WriteString("CustomerID", person.CustomerId);
        json.WriteNumber("TemplateID", person.Part.Execution.TemplateNumber);
        json.WriteString("ScheduledTime", WireTime.Of(person.Part.Execution.Occurrence.SendAt));
    });

    private static async Task<ApiAnswer> ByCampaignAsync(ApiCall call)
    {
        var withTemplate = call.Query.BoolOrNull("IncludeTemplateIDs") == true;
        return await PeopleAnswer.OfAsync(call, (await OfCampaignAsync(call)).Where(e => e.IsExecuted), (json, person) =>
        {
            json.WriteString("CustomerID", person.CustomerId);
            json.WriteNumber("ChannelID", person.Part.Execution.ChannelId);
            json.WriteString("ScheduledTime", WireTime.Of(person.Part.Execution.Occurrence.SendAt));
            json.WriteNumber("SendID", person.Part.Execution.Id);
            if (withTemplate) json.WriteNumber("TemplateID", person.Part.Execution.TemplateNumber);
        });
    }

    private static async Task<ApiAnswer> ExecutionAsync(ApiCall call) => await PeopleAnswer.OfAsync(call, await FetchedAsync(call), (json, person) =>
    {
        json.WriteString("CustomerID", person.CustomerId);
        json.WriteNumber("ActionID", person.ActionId());
        json.WriteNumber("ChannelID", person.Part.Execution.ChannelId);
        json.WriteNumber("TemplateID", person.Part.Execution.TemplateNumber);
        json.WriteString("TemplateName", person.Part.Execution.TemplateName);
        json.WriteString("ScheduleTime", WireTime.Of(person.Part.Execution.Occurrence.SendAt));
        json.WriteString("PromoCode", "");
    });

    private static async Task<ApiAnswer> CancelledAsync(ApiCall call) => await PeopleAnswer.OfAsync(call, (await OfCampaignAsync(call)).Where(e => e is { HasList: true, IsCancelled: true }), (json, person) =>
    {
        json.WriteString("CustomerID", person.CustomerId);
        json.WriteNumber("ActionID", person.ActionId());
        json.WriteString("PromoCode", "");
    });

    private static async Task<ApiAnswer> TargetedAsync(ApiCall call)
    {
        var now = call.Get<TimeProvider>().GetUtcNow();
        var zone = call.Caller.Tenant;
        var running = await call.Get<ExecutionQueries>().ListAsync(o => o.ListedAt != null && o.SendAt <= now && o.SendAt.AddDays(o.MeasurementDays) > now, call.Cancellation);
        return await PeopleAnswer.OfAsync(call, running.Where(e => e.IsExecuted), (json, person) =>
        {
            var execution = person.Part.Execution;
            json.WriteString("CustomerID", person.CustomerId);
            json.WriteNumber("CampaignID", execution.Id);
            json.WriteNumber("ActionID", person.ActionId());
            json.WriteString("StartDate", PeopleAnswer.Day(execution.Occurrence.Date));
            json.WriteString("EndDate", PeopleAnswer.Day(zone.DayOf(execution.Occurrence.MeasuredUntil)));
        });
    }

    private static async Task<IEnumerable<Execution>> OfCampaignAsync(ApiCall call) =>
        await call.Get<ExecutionQueries>().FindAsync(call.Query.Int("CampaignID"), call.Cancellation) is { } execution ? [execution] : [];

    // A client's own program that looks is not the partner that will send.
    private static async Task<IReadOnlyList<Execution>> FetchedAsync(ApiCall call)
    {
        var executions = (await OnChannelAsync(call)).ToList();
        var page = ApiPage.Of(call);
        foreach (var execution in executions.Where(e => call.Caller.Kind == CredentialKind.Partner))
            await call.Get<NoteFetch>().RunAsync(execution.Id, (int)Math.Min((long)page.Skip + page.Top, execution.Occurrence.ToSend), call.Cancellation);
        return executions;
    }

    private static async Task<IEnumerable<Execution>> OnChannelAsync(ApiCall call) =>
        (await OfCampaignAsync(call)).Where(e => e.IsExecuted && e.ChannelId == call.Query.Int("ChannelID"));
}
