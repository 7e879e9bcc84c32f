using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.PartnerApi.Functions.Campaigns;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>What is known of customers; and the questions about micro-segments, which have no answer as long as nothing is modelled.</summary>
internal static class ModelFunctions
{
    private static readonly ApiField[] Period = [Must("StartDate", ApiType.Date), Must("EndDate", ApiType.Date)];

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("GET", "Model", "GetCustomerAttributeList", ApiCallers.Clients, AttributesAsync)
        {
            Summary = "Every customer attribute with what it means.", Answer = ApiBody.List(int.MaxValue, Must("RealFieldName", ApiType.Text), Must("Description", ApiType.Text)),
        },
        None("GetMicrosegmentList", [], Must("MicrosegmentID", ApiType.Integer), Must("MicrosegmentName", ApiType.Text), Must("LifecycleStageID", ApiType.Integer), Must("FutureValue", ApiType.Integer), Must("ChurnRate", ApiType.Integer)),
        None("GetMicrosegmentChangers", [.. Period, .. AskedAttributes.Fields, .. ApiPage.Fields],
            SendDetailFunctions.Customer, Must("InitialMicrosegmentID", ApiType.Integer), Must("FinalMicrosegmentID", ApiType.Integer), AskedAttributes.Answer),
    ];

    private static ApiFunction None(string name, IReadOnlyList<ApiField> query, params IReadOnlyList<ApiField> answer) =>
        new("GET", "Model", name, ApiCallers.Clients, _ => Task.FromResult(ApiAnswer.Json(Array.Empty<int>())))
        {
            Summary = "Always empty: nothing is modelled here.", Query = query, Answer = ApiBody.List(int.MaxValue, answer),
        };

    private static async Task<ApiAnswer> AttributesAsync(ApiCall call)
    {
        var all = await call.Get<AttributeQueries>().AllAsync(call.Cancellation);
        return ApiAnswer.Json(all.Select(a => new { RealFieldName = a.Field, Description = string.IsNullOrWhiteSpace(a.Description) ? a.Name : a.Description }));
    }
}
