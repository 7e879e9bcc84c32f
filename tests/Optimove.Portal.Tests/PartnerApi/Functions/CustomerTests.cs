using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class CustomerTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Base = "/current/customers/";

    private static string Row(string id, int action, int channel, string group = "", string rest = "") => $$"""{"CustomerID":"{{id}}",{{group}}"ActionID":{{action}},"ChannelID":{{channel}}{{rest}}}""";

    [Fact]
    public async Task Actions_are_told_by_day_campaign_group_and_action_with_the_control_group_where_it_is_asked_for()
    {
        var client = await house.IssueAsync(house.Acme);
        var list = await house.PlantAsync(house.Acme, "May", ["C-1", "C-2", "X-1", "Y-1"]);
        const string group = "\"RecipientGroupID\":1,";
        string[] plain = [Row("C-1", list.TemplateId, list.ChannelId), Row("C-2", list.TemplateId, list.ChannelId)];
        string[] grouped = [Row("C-1", list.TemplateId, list.ChannelId, group), Row("C-2", list.TemplateId, list.ChannelId, group)];
        async Task Is(string path, params string[] rows) => Assert.Equal($"[{string.Join(',', rows)}]", (await house.GetAsync(Base + path, client)).Body);
        await Is("GetCustomerOneTimeActionsByDate?Date=2024-05-02", plain);
        await Is("GetCustomerOneTimeActionsByDate?Date=2024-05-02&IncludeControlGroup=true", [.. plain, Row("X-1", 0, 0)]);
        await Is("GetCustomerOneTimeActionsByDate?Date=2024-05-03");
        await Is("GetCustomerActionDetailsByDate?Date=2024-05-02", grouped);
        await Is($"GetCustomerOneTimeActionsByCampaign?CampaignID={list.CampaignId}&ChannelID=0&$skip=1&IncludeControlGroup=true", grouped[1], Row("X-1", 0, 0, group));
        await Is($"GetCustomerOneTimeActionsByCampaign?CampaignID={list.CampaignId}&ChannelID=505");
        await Is($"GetCustomerActionsByTargetGroup?TargetGroupID={list.GroupId}&Date=2024-05-02&IncludeRecipientGroupID=True", grouped);
        await Is($"GetCustomerActionsByTargetGroup?TargetGroupID={list.GroupId}&Date=2024-05-02", plain);
        await Is("GetCustomerActionsByTargetGroup?TargetGroupID=99999&Date=2024-05-02");
        await Is($"GetCustomersByAction?RecipientGroupID=1&ActionID={list.TemplateId}&Date=2024-05-02", """{"CustomerID":"C-1"}""", """{"CustomerID":"C-2"}""");
        await Is($"GetCustomersByAction?RecipientGroupID=2&ActionID={list.TemplateId}&Date=2024-05-02");
        await Is("GetCustomersActionEndedByDate?Date=2024-05-09", [.. new[] { "C-1", "C-2" }.Select(c => Row(c, list.TemplateId, list.ChannelId, rest: $",\"TargetGroupID\":{list.GroupId},\"Date\":\"2024-05-09\",\"Duration\":7"))]);
        await Is("GetCustomersActionEndedByDate?Date=2024-05-08");
        await Is("GetCustomersActionEndedByDate?Date=0001-01-01");
        await Is("GetCustomerFutureValues?LifecycleStageID=1");
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 505);
        Assert.Equal("[]", (await house.GetAsync($"{Base}GetCustomerOneTimeActionsByCampaign?CampaignID={list.CampaignId}", partner)).Body);
    }

    [Fact]
    public async Task The_last_action_of_a_customer_is_one_object_and_404_where_there_is_none()
    {
        var client = await house.IssueAsync(house.Acme);
        await house.PlantAsync(house.Acme, "Earlier", ["L-1"], o => (o.SendAt, o.Date) = (ApiLists.SendAt.AddDays(-9), new(2024, 4, 23)));
        var list = await house.PlantAsync(house.Acme, "Later", ["L-1", "X-2"], o => (o.SendAt, o.Date) = (ApiLists.SendAt.AddDays(-8), new(2024, 4, 24)));
        Assert.Equal($$"""{"ActionID":{{list.TemplateId}},"Date":"2024-04-24","Duration":7,"TargetGroupID":{{list.GroupId}}}""", (await house.GetAsync(Base + "GetCustomerLastActionExecuted?CustomerID=L-1", client)).Body);
        foreach (var nobody in new[] { "X-2", "nobody" }) (await house.GetAsync($"{Base}GetCustomerLastActionExecuted?CustomerID={nobody}", client)).IsRefused(404, "any action");
    }

    [Fact]
    public async Task A_customers_attributes_are_all_text_and_404_for_an_unknown_one()
    {
        await house.PlantAttributesAsync(house.Globex);
        var client = await house.IssueAsync(house.Globex);
        static string Row(string field, string alias, string type, string value) => $$"""{"RealFieldName":"{{field}}","Alias":"{{alias}}","FieldType":"{{type}}","Value":{{value}}}""";
        Assert.Equal($"[{Row("mobile_phone", "Mobile phone", "Nvarchar", "\"447700900001\"")},{Row("points", "Points", "Decimal", "\"12.5000\"")},{Row("since", "Member since", "Datetime", "\"2024-01-02 03:04:05\"")},{Row("vip", "VIP", "Bit", "\"true\"")}]",
            (await house.GetAsync("/Customers/C-1/Attributes", client)).Body);
        Assert.Contains("""Datetime","Value":null}""", (await house.GetAsync("/current/customers/C-2/attributes", client)).Body);
        (await house.GetAsync("/Customers/nobody/Attributes", client)).IsRefused(404, "no customer");
    }
}
