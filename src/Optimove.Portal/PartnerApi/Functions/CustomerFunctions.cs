using System.Linq.Expressions;
using System.Text.Json;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.PartnerApi.Functions.Campaigns;
using Optimove.Portal.Sending.Executions;
using Optimove.Portal.Targeting;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>Who got which action, by campaign, day, group or customer; and one customer's attributes.</summary>
internal static class CustomerFunctions
{
    // The most that a campaign can be measured.
    private const int LongestDays = 365;

    private static readonly ApiField Day = Must("Date", ApiType.Date), WithControl = May("IncludeControlGroup", ApiType.Boolean), Group = Must("RecipientGroupID", ApiType.Integer),
        TargetGroup = Must("TargetGroupID", ApiType.Integer), Channel = May("ChannelID", ApiType.Channel);

    private static readonly ApiField[] Who = [SendDetailFunctions.Customer, SendDetailFunctions.Action, SendDetailFunctions.ChannelNumber];

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("GET", "Customers", "GetCustomersByAction", ApiCallers.Clients, ByActionAsync)
        {
            Summary = "The customers who got an action on a day.", Query = [Group, SendDetailFunctions.Action, Day, .. AskedAttributes.Fields, .. ApiPage.Fields],
            Answer = ApiBody.List(int.MaxValue, SendDetailFunctions.Customer, AskedAttributes.Answer),
        },
        new("GET", "Customers", "GetCustomerActionsByTargetGroup", ApiCallers.Clients, ByTargetGroupAsync)
        {
            Summary = "The customers of a target group with the action that they got on a day.",
            Query = [TargetGroup, Day, Channel, WithControl, May("IncludeRecipientGroupID", ApiType.Boolean), .. AskedAttributes.Fields, .. ApiPage.Fields],
            Answer = ApiBody.List(int.MaxValue, [.. Who, May("RecipientGroupID", ApiType.Integer), AskedAttributes.Answer]),
        },
        new("GET", "Customers", "GetCustomerOneTimeActionsByDate", ApiCallers.Clients, call => OfDayAsync(call, withGroup: false))
        {
            Summary = "The customers of all campaigns of a day with their action.", Query = [Day, WithControl, .. AskedAttributes.Fields, .. ApiPage.Fields],
            Answer = ApiBody.List(int.MaxValue, [.. Who, AskedAttributes.Answer]),
        },
        new("GET", "Customers", "GetCustomerOneTimeActionsByCampaign", ApiCallers.ClientsAndPartners, ByCampaignAsync)
        {
            Summary = "The customers of a campaign with their action; a partner sees those of its channels.",
            Query = [SendDetailFunctions.Campaign, WithControl, Channel, .. AskedAttributes.Fields, .. ApiPage.Fields], Answer = ApiBody.List(int.MaxValue, [.. Who, Group, AskedAttributes.Answer]),
        },
        new("GET", "Customers", "GetCustomerActionDetailsByDate", ApiCallers.Clients, call => OfDayAsync(call, withGroup: true))
        {
            Summary = "The customers of all campaigns of a day with group, action and channel.", Query = [Day, .. ApiPage.Fields], Answer = ApiBody.List(int.MaxValue, [.. Who, Group]),
        },
        new("GET", "Customers", "GetCustomersActionEndedByDate", ApiCallers.Clients, EndedAsync)
        {
            Summary = "The customers of the campaigns whose last day this is.", Query = [Day, .. ApiPage.Fields],
            Answer = ApiBody.List(int.MaxValue, [.. Who, TargetGroup, Day, Must("Duration", ApiType.Integer)]),
        },
        new("GET", "Customers", "GetCustomerLastActionExecuted", ApiCallers.Clients, LastAsync)
        {
            Summary = "What a customer got last; 404 where that is nothing.", Query = [SendDetailFunctions.Customer],
            Answer = ApiBody.Object(SendDetailFunctions.Action, Day, Must("Duration", ApiType.Integer), TargetGroup),
        },
        new("GET", "Customers", "GetCustomerFutureValues", ApiCallers.Clients, _ => Task.FromResult(ApiAnswer.Json(Array.Empty<int>())))
        {
            Summary = "Always empty: nothing is predicted here.",
            Query = [May("LifecycleStageID", ApiType.Integer), May("CustomerAttributes", ApiType.Text, 8_000), May("CustomerAttributeValue", ApiType.Text), .. ApiPage.Fields],
            Answer = ApiBody.List(int.MaxValue, SendDetailFunctions.Customer, Must("FutureValue", ApiType.Integer)),
        },
        new("GET", "Customers", "{CustomerID}/Attributes", ApiCallers.Clients, AttributesAsync)
        {
            Summary = "One customer's attributes with their values as text; 404 for an unknown customer.", Query = [SendDetailFunctions.Customer],
            Answer = ApiBody.List(int.MaxValue, Must("RealFieldName", ApiType.Text), Must("Alias", ApiType.Text), Must("FieldType", ApiType.Text), May("Value", ApiType.Text)),
        },
    ];

    private static async Task<ApiAnswer> ByActionAsync(ApiCall call)
    {
        var action = call.Query.Int("ActionID");
        var executions = call.Query.Int("RecipientGroupID") == PeopleAnswer.RecipientGroup ? await ExecutedAsync(call, OnDay(call)) : [];
        return await PeopleAnswer.OfAsync(call, executions.Where(e => e.TemplateId == action), (json, person) => json.WriteString("CustomerID", person.CustomerId));
    }

    private static async Task<ApiAnswer> ByTargetGroupAsync(ApiCall call)
    {
        var (group, withGroup) = (call.Query.Int("TargetGroupID"), call.Query.BoolOrNull("IncludeRecipientGroupID") == true);
        return await PeopleAnswer.OfAsync(call, (await ExecutedAsync(call, OnDay(call))).Where(e => e.TargetGroupId == group && IsAsked(call, e)), (json, person) => WriteAction(json, person, withGroup), Control(call));
    }

    private static async Task<ApiAnswer> OfDayAsync(ApiCall call, bool withGroup) =>
        await PeopleAnswer.OfAsync(call, await ExecutedAsync(call, OnDay(call)), (json, person) => WriteAction(json, person, withGroup), !withGroup && Control(call));

    private static async Task<ApiAnswer> ByCampaignAsync(ApiCall call)
    {
        var id = call.Query.Int("CampaignID");
        var executions = (await ExecutedAsync(call, o => o.Id == id)).Where(e => IsAsked(call, e) && call.Caller.MayReach(e.ChannelId));
        return await PeopleAnswer.OfAsync(call, executions, (json, person) => WriteAction(json, person, withGroup: true), Control(call));
    }

    private static async Task<ApiAnswer> EndedAsync(ApiCall call)
    {
        var day = call.Query.DateOrNull("Date")!.Value;
        var earliest = DateOnly.FromDayNumber(Math.Max(0, day.DayNumber - LongestDays));
        var ended = (await ExecutedAsync(call, o => o.Date >= earliest && o.Date <= day)).Where(e => e.Occurrence.Date.AddDays(e.Days) == day);
        return await PeopleAnswer.OfAsync(call, ended, (json, person) =>
        {
            WriteAction(json, person, withGroup: false);
            json.WriteNumber("TargetGroupID", person.Part.Execution.TargetGroupId ?? 0);
            json.WriteString("Date", PeopleAnswer.Day(day));
            json.WriteNumber("Duration", person.Part.Execution.Days);
        });
    }

    private static async Task<ApiAnswer> LastAsync(ApiCall call)
    {
        var last = await call.Get<ExecutionQueries>().LastOfCustomerAsync(call.Query.Text("CustomerID"), call.Get<TimeProvider>().GetUtcNow(), call.Cancellation);
        return last is null
            ? ApiAnswer.NotFound("This customer has not got any action.")
            : ApiAnswer.Json(new { ActionID = last.TemplateId, Date = PeopleAnswer.Day(last.Occurrence.Date), Duration = last.Days, TargetGroupID = last.TargetGroupId ?? 0 });
    }

    private static async Task<ApiAnswer> AttributesAsync(ApiCall call)
    {
        var found = await call.Get<AttributeTexts>().OfCustomerAsync(call.Query.Text("CustomerID"), call.Cancellation);
        return found is null
            ? ApiAnswer.NotFound("There is no customer of this id.")
            : ApiAnswer.Json(found.Select(f => new { RealFieldName = f.Attribute.Field, Alias = f.Attribute.Name, FieldType = WireType(f.Attribute.Type), f.Value }));
    }

    private static string WireType(AttributeType type) => type switch
    {
        AttributeType.Text => "Nvarchar",
        AttributeType.Integer => "Int",
        AttributeType.Decimal => "Decimal",
        AttributeType.Boolean => "Bit",
        AttributeType.Date => "Date",
        AttributeType.Timestamp => "Datetime",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.ToString()),
    };

    private static void WriteAction(Utf8JsonWriter json, PagePerson person, bool withGroup)
    {
        json.WriteString("CustomerID", person.CustomerId);
        if (withGroup) json.WriteNumber("RecipientGroupID", PeopleAnswer.RecipientGroup);
        json.WriteNumber("ActionID", person.ActionId());
        json.WriteNumber("ChannelID", person.ChannelId());
    }

    private static Expression<Func<Occurrence, bool>> OnDay(ApiCall call)
    {
        var day = call.Query.DateOrNull("Date")!.Value;
        return o => o.Date == day;
    }

    private static bool Control(ApiCall call) => call.Query.BoolOrNull("IncludeControlGroup") == true;

    private static bool IsAsked(ApiCall call, Execution execution) => call.Query.Channel("ChannelID") is not { } channel || channel == execution.ChannelId;

    private static async Task<IReadOnlyList<Execution>> ExecutedAsync(ApiCall call, Expression<Func<Occurrence, bool>> which) =>
        [.. (await call.Get<ExecutionQueries>().ListAsync(which, call.Cancellation)).Where(e => e.IsExecuted)];
}
