using Optimove.Portal.Customers.Days;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.PartnerApi.Functions.Campaigns;
using Optimove.Portal.TargetGroups.Places;
using Optimove.Portal.TargetGroups.Segments;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>Value segments and lifecycle stages as the client defines them by target groups; empty where it defines none.</summary>
internal static class SegmentFunctions
{
    private static readonly ApiField SegmentId = Must("ValueSegmentID", ApiType.Integer), SegmentName = Must("ValueSegmentName", ApiType.Text), Day = Must("Date", ApiType.Date);

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("GET", "Segments", "GetValueSegments", ApiCallers.Clients, ListAsync) { Summary = "The client's value segments, in the order in which their rules are tried.", Answer = ApiBody.List(int.MaxValue, SegmentId, SegmentName) },
        new("GET", "Segments", "GetValueSegmentName", ApiCallers.Clients, NameAsync) { Summary = "A value segment's name; 404 where there is none.", Query = [SegmentId], Answer = ApiBody.Object(SegmentName) },
        new("GET", "Segments", "GetValueSegmentID", ApiCallers.Clients, IdAsync) { Summary = "The number of the value segment of a name; 404 where there is none.", Query = [SegmentName], Answer = ApiBody.Object(SegmentId) },
        new("GET", "Segments", "GetCustomersByValueSegment", ApiCallers.Clients, CustomersAsync)
        {
            Summary = "The customers who were in a value segment on a day.", Query = [SegmentId, Day, .. AskedAttributes.Fields, .. ApiPage.Fields],
            Answer = ApiBody.List(int.MaxValue, SendDetailFunctions.Customer, AskedAttributes.Answer),
        },
        new("GET", "Model", "GetLifecycleStageList", ApiCallers.Clients, StagesAsync)
        {
            Summary = "The client's lifecycle stages, in the order in which their rules are tried.", Answer = ApiBody.List(int.MaxValue, Must("StageID", ApiType.Integer), Must("StageName", ApiType.Text)),
        },
    ];

    private static async Task<ApiAnswer> ListAsync(ApiCall call) => ApiAnswer.Json((await ValuesAsync(call)).Select(s => new { ValueSegmentID = s.Number, ValueSegmentName = s.Name }));

    private static async Task<ApiAnswer> NameAsync(ApiCall call) =>
        (await ValuesAsync(call)).FirstOrDefault(s => s.Number == call.Query.Int(SegmentId.Name)) is { } segment ? ApiAnswer.Json(new { ValueSegmentName = segment.Name }) : NotFound();

    private static async Task<ApiAnswer> IdAsync(ApiCall call) =>
        (await ValuesAsync(call)).FirstOrDefault(s => s.Name.Equals(call.Query.Text(SegmentName.Name), StringComparison.OrdinalIgnoreCase)) is { } segment ? ApiAnswer.Json(new { ValueSegmentID = segment.Number }) : NotFound();

    // The segments before this one count too: whoever is in one of them is not in this.
    private static async Task<ApiAnswer> CustomersAsync(ApiCall call)
    {
        var (shown, refusal) = await AskedAttributes.OfAsync(call);
        if (refusal is not null) return refusal;
        var (places, number, page) = (await call.Get<SegmentQueries>().PlacesAsync(SegmentKind.Value, call.Cancellation), call.Query.Int(SegmentId.Name), ApiPage.Of(call));
        if (places.All(p => p.Number != number)) return ApiAnswer.Json(Array.Empty<int>());
        var day = await call.Get<CustomerDays>().OnAsync(Day.Name, call.Query.DateOrNull(Day.Name)!.Value, call.Cancellation);
        var customers = call.Get<CustomerPlaces>().InAsync(places, number, day, shown, (page.Skip, page.Top), call.Cancellation);
        return await ApiAnswer.RowsAsync(async json =>
        {
            await foreach (var customer in customers)
            {
                json.WriteStartObject();
                json.WriteString("CustomerID", customer.CustomerId);
                AskedAttributes.Write(json, customer.Shown);
                json.WriteEndObject();
            }
        });
    }

    private static async Task<ApiAnswer> StagesAsync(ApiCall call) =>
        ApiAnswer.Json((await call.Get<SegmentQueries>().OfAsync(SegmentKind.Lifecycle, call.Cancellation)).Select(s => new { StageID = s.Number, StageName = s.Name }));

    private static Task<IReadOnlyList<Segment>> ValuesAsync(ApiCall call) => call.Get<SegmentQueries>().OfAsync(SegmentKind.Value, call.Cancellation);

    private static ApiAnswer NotFound() => ApiAnswer.NotFound("There is no value segment of this number or name.");
}
