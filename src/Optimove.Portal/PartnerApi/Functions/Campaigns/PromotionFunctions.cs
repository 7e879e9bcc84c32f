using System.Globalization;
using Optimove.Portal.Campaigns.Promotions;
using Optimove.Portal.PartnerApi.Catalogue;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions.Campaigns;

/// <summary>The client's promotion codes.</summary>
internal static class PromotionFunctions
{
    private const int MostStatuses = 10_000, LongestStatus = 100;
    private static readonly ApiField Code = Must("PromoCode", ApiType.Text, 100), Name = Must("PromotionName", ApiType.Text);

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("POST", "Integrations", "AddPromotions", ApiCallers.Clients, AddAsync)
        {
            Summary = "Adds promotion codes; a known code is renamed.", Body = ApiBody.List(TemplateFunctions.MostItems, Code, Name),
        },
        new("GET", "Integrations", "GetPromotions", ApiCallers.Clients, ListAsync) { Summary = "All promotion codes.", Answer = ApiBody.List(int.MaxValue, Code, Name) },
        new("POST", "Integrations", "DeletePromotions", ApiCallers.Clients, DeleteAsync)
        {
            Summary = "Removes promotion codes; an unknown one is no error.", Body = ApiBody.List(TemplateFunctions.MostItems, Code),
        },
        new("POST", "Integrations", "UpdateCustomerPromotionStatus", ApiCallers.Clients, StatusAsync)
        {
            Summary = "Tells what became of customers' promotions of a campaign.", MaxBody = 16 << 20,
            Body = ApiBody.Object(Must("TimeStamp", ApiType.Text), SendDetailFunctions.Campaign, Must("PromosUpdated", ApiType.List) with
            {
                Limit = MostStatuses, Fields = [Must("CustomerID", ApiType.TextOrNumber), Must("Status", ApiType.TextOrNumber, LongestStatus)],
            }),
        },
    ];

    private static async Task<ApiAnswer> AddAsync(ApiCall call)
    {
        await call.Get<AddPromotions>().RunAsync([.. call.Items.Select(i => (i.Text("PromoCode"), i.Text("PromotionName")))], call.Cancellation);
        return ApiAnswer.Done();
    }

    private static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var promotions = await call.Get<PromotionQueries>().ListAsync(call.Cancellation);
        return ApiAnswer.Json(promotions.Select(p => new { PromoCode = p.Code, PromotionName = p.Name }));
    }

    private static async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        await call.Get<DeletePromotions>().RunAsync([.. call.Items.Select(i => i.Text("PromoCode"))], call.Cancellation);
        return ApiAnswer.Done();
    }

    private static async Task<ApiAnswer> StatusAsync(ApiCall call)
    {
        if (!DateTimeOffset.TryParse(call.Body.Text("TimeStamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            throw new RefusedException("TimeStamp must be a time as yyyy-MM-dd HH:mm:ss, in UTC.");
        await call.Get<SetPromotionStatus>().RunAsync(call.Body.Int("CampaignID"), at, [.. call.Body.List("PromosUpdated").Select(p => (p.Text("CustomerID"), p.Text("Status")))], call.Cancellation);
        return ApiAnswer.Done();
    }
}
