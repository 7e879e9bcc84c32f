using Optimove.Portal.Campaigns.Promotions;
using Optimove.Portal.PartnerApi.Catalogue;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>The client's promotion codes.</summary>
internal static class PromotionFunctions
{
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
}
