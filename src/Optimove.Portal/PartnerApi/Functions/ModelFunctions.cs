using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.PartnerApi.Catalogue;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>What is known of customers; and the questions about modelled stages, segments and values, which have no answer as long as nothing is modelled.</summary>
internal static class ModelFunctions
{
    private static readonly ApiField SegmentId = Must("ValueSegmentID", ApiType.Integer), SegmentName = Must("ValueSegmentName", ApiType.Text);
    private static readonly ApiField[] Period = [Must("StartDate", ApiType.Date), Must("EndDate", ApiType.Date)];

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("GET", "Model", "GetCustomerAttributeList", ApiCallers.Clients, AttributesAsync)
        {
            Summary = "Every customer attribute with what it means.", Answer = ApiBody.List(int.MaxValue, Must("RealFieldName", ApiType.Text), Must("Description", ApiType.Text)),
        },
        None("Model", "GetLifecycleStageList", [], Must("StageID", ApiType.Integer), Must("StageName", ApiType.Text)),
        None("Model", "GetMicrosegmentList", [], Must("MicrosegmentID", ApiType.Integer), Must("MicrosegmentName", ApiType.Text), Must("LifecycleStageID", ApiType.Integer), Must("FutureValue", ApiType.Integer), Must("ChurnRate", ApiType.Integer)),
        None("Model", "GetMicrosegmentChangers", [.. Period, .. AskedAttributes.Fields, .. ApiPage.Fields],
            SendDetailFunctions.Customer, Must("InitialMicrosegmentID", ApiType.Integer), Must("FinalMicrosegmentID", ApiType.Integer), AskedAttributes.Answer),
        None("Segments", "GetValueSegments", [], SegmentId, SegmentName),
        None("Segments", "GetCustomersByValueSegment", [SegmentId, Must("Date", ApiType.Date), .. AskedAttributes.Fields, .. ApiPage.Fields], SendDetailFunctions.Customer, AskedAttributes.Answer),
        None("Segments", "GetValueSegmentChangers", [.. Period, .. AskedAttributes.Fields, .. ApiPage.Fields],
            SendDetailFunctions.Customer, Must("InitialValueSegmentID", ApiType.Integer), Must("FinalValueSegmentID", ApiType.Integer), AskedAttributes.Answer),
        new("GET", "Segments", "GetValueSegmentName", ApiCallers.Clients, NoSegmentAsync) { Summary = "Always 404: there are no value segments.", Query = [SegmentId], Answer = ApiBody.Object(SegmentName) },
        new("GET", "Segments", "GetValueSegmentID", ApiCallers.Clients, NoSegmentAsync) { Summary = "Always 404: there are no value segments.", Query = [SegmentName], Answer = ApiBody.Object(SegmentId) },
    ];

    private static ApiFunction None(string group, string name, IReadOnlyList<ApiField> query, params IReadOnlyList<ApiField> answer) =>
        new("GET", group, name, ApiCallers.Clients, _ => Task.FromResult(ApiAnswer.Json(Array.Empty<int>())))
        {
            Summary = "Always empty: nothing is modelled here.", Query = query, Answer = ApiBody.List(int.MaxValue, answer),
        };

    private static async Task<ApiAnswer> AttributesAsync(ApiCall call)
    {
        var all = await call.Get<AttributeQueries>().AllAsync(call.Cancellation);
        return ApiAnswer.Json(all.Select(a => new { RealFieldName = a.Field, Description = string.IsNullOrWhiteSpace(a.Description) ? a.Name : a.Description }));
    }

    private static Task<ApiAnswer> NoSegmentAsync(ApiCall call) => Task.FromResult(ApiAnswer.NotFound("There is no value segment of this number or name."));
}
