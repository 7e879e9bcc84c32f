using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Customers.Explorer;

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

    [Fact]
    public async Task What_became_of_promotions_is_kept_and_the_later_told_counts()
    {
        const string update = "/current/integrations/UpdateCustomerPromotionStatus";
        var client = await house.IssueAsync(house.Acme);
        var list = await house.PlantAsync(house.Acme, "Promoted", ["C-1", "C-2"]);
        string Body(string time, string promos) => $$"""{"TimeStamp":"{{time}}","CampaignID":{{list.CampaignId}},"PromosUpdated":[{{promos}}]}""";
        async Task<string> KeptAsync() => await house.App.Database.AskAsync<string>($"select string_agg(customer_id || ' ' || status || ' ' || to_char(told_at at time zone 'UTC', 'HH24:MI'), ', ' order by customer_id) from {house.Acme.Schema}.promotion_statuses") ?? "";
        (await house.PostAsync(update, Body("2024-05-03 10:00:00", """{"CustomerID":"C-1","Status":"sent"},{"CustomerID":"C-2","Status":1},{"CustomerID":"C-1","Status":"used"}"""), client)).IsDone();
        Assert.Equal("C-1 used 10:00, C-2 1 10:00", await KeptAsync());
        (await house.PostAsync(update, Body("2024-05-03 09:00:00", """{"CustomerID":"C-1","Status":"sent"}"""), client)).IsDone();
        (await house.PostAsync(update, Body("2024-05-03T13:00:00+02:00", """{"CustomerID":"C-2","Status":"2"}"""), client)).IsDone();
        Assert.Equal("C-1 used 10:00, C-2 2 11:00", await KeptAsync());
        CustomerProfile? profile = null;
        await house.InAsync(house.Acme, async s => profile = await s.GetRequiredService<CustomerQueries>().FindAsync("C-1", TestContext.Current.CancellationToken));
        Assert.Equal("Promotion: used, told Fri 3 May 2024, 10:00 UTC.", Assert.Single(profile!.History).Promotion);
        (await house.PostAsync(update, Body("soon", ""), client)).IsRefused(400, "TimeStamp must be a time");
        (await house.PostAsync(update, """{"TimeStamp":"2024-05-03 10:00:00","CampaignID":99999,"PromosUpdated":[]}""", client)).IsRefused(400, "CampaignID 99999 is not a campaign");
        (await house.PostAsync(update, """{"TimeStamp":"2024-05-03 10:00:00","CampaignID":1}""", client)).IsRefused(400, "PromosUpdated is missing");
        static string Many(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"CustomerID":"M-{{i}}","Status":"used"}"""));
        (await house.PostAsync(update, Body("2024-05-03 10:00:00", Many(10_001)), client)).IsRefused(400, "at most 10000");
        Assert.Equal("C-1 used 10:00, C-2 2 11:00", await KeptAsync());
        (await house.PostAsync(update, Body("2024-05-03 10:00:00", Many(10_000)), client)).IsDone();
        Assert.Equal(10_002, await house.App.Database.AskAsync<long>($"select count(*) from {house.Acme.Schema}.promotion_statuses"));
    }
}
