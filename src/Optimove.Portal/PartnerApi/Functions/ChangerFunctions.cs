using System.Text.Json;
using Optimove.Portal.Customers.Days;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.PartnerApi.Functions.Campaigns;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.TargetGroups.Places;
using Optimove.Portal.TargetGroups.Segments;
using Optimove.Portal.Targeting;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>What is another on one day than it was on an earlier one, for the days whose customers are kept.</summary>
internal static class ChangerFunctions
{
    private const string One = "ChangedCustomerAttribute", Several = "ChangedCustomerAttributes", Start = "StartDate", End = "EndDate";
    // Programs that name days look for this text.
    private const string Null = "NULL";
    private static readonly ApiField[] Period = [Must(Start, ApiType.Date), Must(End, ApiType.Date), .. AskedAttributes.Fields, .. ApiPage.Fields];

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("GET", "Customers", "GetCustomerAttributeChangers", ApiCallers.ClientsAndPartners, AttributesAsync)
        {
            Summary = "The customers whose attribute changed between two days, or since the last data without days. Asked for as ChangedCustomerAttributes, several may be named, and the answer's names end with s too.",
            Query = [May(One, ApiType.Text), May(Several, ApiType.Text, 8_000), May(Start, ApiType.Date), May(End, ApiType.Date), .. AskedAttributes.Fields, .. ApiPage.Fields],
            Answer = ApiBody.List(int.MaxValue, SendDetailFunctions.Customer, May("InitialCustomerAttribute", ApiType.Text), May("FinalCustomerAttribute", ApiType.Text), AskedAttributes.Answer),
        },
        new("GET", "Customers", "GetTargetGroupChangers", ApiCallers.Clients, call => PlacesAsync(call, GroupsAsync, "TargetGroupID"))
        {
            Summary = "The customers whose target group is another than it was; -1 is none.", Query = Period, Answer = Changed("TargetGroupID"),
        },
        new("GET", "Segments", "GetValueSegmentChangers", ApiCallers.Clients, call => PlacesAsync(call, SegmentsAsync, "ValueSegmentID"))
        {
            Summary = "The customers whose value segment is another than it was; -1 is none.", Query = Period, Answer = Changed("ValueSegmentID"),
        },
    ];

    private static ApiBody Changed(string name) =>
        ApiBody.List(int.MaxValue, SendDetailFunctions.Customer, Must($"Initial{name}", ApiType.Integer), Must($"Final{name}", ApiType.Integer), AskedAttributes.Answer);

    private static async Task<ApiAnswer> AttributesAsync(ApiCall call)
    {
        var several = call.Query.TextOrNull(Several) is not null;
        if (!several && call.Query.TextOrNull(One) is null) return ApiAnswer.Plain(400, $"{One} is missing.");
        var (start, end) = (call.Query.DateOrNull(Start), call.Query.DateOrNull(End));
        if (start is null != end is null) return ApiAnswer.Plain(400, $"{(start is null ? Start : End)} is missing.");
        var (changed, refusal) = await AskedAttributes.OfAsync(call, several ? Several : One);
        if (refusal is not null) return refusal;
        if (changed.Count == 0 || !several && changed.Count > 1) return ApiAnswer.Plain(400, $"{(several ? Several : One)} must name {(several ? "attributes" : "one attribute")}.");
        var (shown, refused) = await AskedAttributes.OfAsync(call);
        if (refused is not null) return refused;
        var days = start is null ? await call.Get<CustomerDays>().LatestAsync(call.Cancellation) : await DaysAsync(call);
        var changes = call.Get<AttributeChangers>().StreamAsync(days, changed, shown, Page(call), call.Cancellation);
        var (ending, delimiter, none) = (several ? "s" : "", call.Query.TextOrNull("CustomerAttributesDelimiter") ?? ";", several || start is not null ? Null : null);
        return await ApiAnswer.RowsAsync(async json =>
        {
            await foreach (var change in changes)
            {
                json.WriteStartObject();
                json.WriteString("CustomerID", change.CustomerId);
                json.WriteString($"InitialCustomerAttribute{ending}", Joined(change.Before));
                json.WriteString($"FinalCustomerAttribute{ending}", Joined(change.After));
                AskedAttributes.Write(json, change.Shown);
                json.WriteEndObject();
            }
        });

        string? Joined(IReadOnlyList<string?> values) => values.Count == 1 ? values[0] ?? none : string.Join(delimiter, values.Select(v => v ?? Null));
    }

    private static async Task<ApiAnswer> PlacesAsync(ApiCall call, Func<ApiCall, Task<IReadOnlyList<Place>>> read, string name)
    {
        var (shown, refusal) = await AskedAttributes.OfAsync(call);
        if (refusal is not null) return refusal;
        var places = await read(call);
        if (places.Count == 0) return ApiAnswer.Json(Array.Empty<int>());
        var changes = call.Get<CustomerPlaces>().ChangersAsync(places, await DaysAsync(call), shown, Page(call), call.Cancellation);
        return await ApiAnswer.RowsAsync(async json =>
        {
            await foreach (var change in changes)
            {
                json.WriteStartObject();
                json.WriteString("CustomerID", change.CustomerId);
                json.WriteNumber($"Initial{name}", change.Before);
                json.WriteNumber($"Final{name}", change.After);
                AskedAttributes.Write(json, change.Shown);
                json.WriteEndObject();
            }
        });
    }

    private static async Task<(CustomersOfDay Earlier, CustomersOfDay Later)> DaysAsync(ApiCall call)
    {
        var (start, end) = (call.Query.DateOrNull(Start)!.Value, call.Query.DateOrNull(End)!.Value);
        if (start > end) throw new RefusedException($"{Start} must not be after {End}.");
        var days = call.Get<CustomerDays>();
        return (await days.OnAsync(Start, start, call.Cancellation), await days.OnAsync(End, end, call.Cancellation));
    }

    private static (long Skip, long Most) Page(ApiCall call)
    {
        var page = ApiPage.Of(call);
        return (page.Skip, page.Top);
    }

    // Of several groups that a customer is in, the one that was made first is told: groups have no other order.
    private static async Task<IReadOnlyList<Place>> GroupsAsync(ApiCall call) =>
        [.. (await call.Get<TargetGroupQueries>().EverAsync(call.Cancellation)).Where(g => g.ArchivedAt is null).Select(g => new Place(g.Id, RuleJson.Read(g.Rule)))];

    private static async Task<IReadOnlyList<Place>> SegmentsAsync(ApiCall call) => await call.Get<SegmentQueries>().PlacesAsync(SegmentKind.Value, call.Cancellation);
}
