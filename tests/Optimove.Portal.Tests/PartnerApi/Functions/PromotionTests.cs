namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class PromotionTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Add = "/current/integrations/AddPromotions", Get = "/current/integrations/GetPromotions", Delete = "/current/integrations/DeletePromotions";

    [Fact]
    public async Task Promotions_are_added_renamed_listed_and_deleted()
    {
        var client = await house.IssueAsync(house.Acme);
        (await house.PostAsync(Add, """[{"PromoCode":"SPRING5","PromotionName":"Spring"},{"PromoCode":"A1","PromotionName":"First"}]""", client)).IsDone();
        (await house.PostAsync(Add, """[{"PromoCode":"SPRING5","PromotionName":"Spring 5 %"}]""", client)).IsDone();
        Assert.Equal("""[{"PromoCode":"A1","PromotionName":"First"},{"PromoCode":"SPRING5","PromotionName":"Spring 5 %"}]""", (await house.GetAsync(Get, client)).Body);
        (await house.PostAsync(Delete, """[{"PromoCode":"A1"},{"PromoCode":"UNKNOWN"}]""", client)).IsDone();
        Assert.Equal("""[{"PromoCode":"SPRING5","PromotionName":"Spring 5 %"}]""", (await house.GetAsync(Get, client)).Body);
    }

    [Fact]
    public async Task More_than_a_hundred_in_a_call_are_refused_and_none_is_kept()
    {
        var client = await house.IssueAsync(house.Globex);
        var many = "[" + string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"PromoCode":"P{{i}}","PromotionName":"N"}""")) + "]";
        (await house.PostAsync(Add, many, client)).IsRefused(400, "at most 100");
        (await house.PostAsync(Delete, many, client)).IsRefused(400, "at most 100");
        Assert.Equal("[]", (await house.GetAsync(Get, client)).Body);
    }
}
