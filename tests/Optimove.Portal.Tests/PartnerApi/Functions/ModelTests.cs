namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class ModelTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task The_attribute_list_has_every_attribute_with_its_meaning()
    {
        await house.PlantAttributesAsync(house.Acme);
        await house.App.Database.RunAsync($"update customer_attributes set description = 'Since when' where field = 'since'");
        Assert.Equal("""[{"RealFieldName":"mobile_phone","Description":"Mobile phone"},{"RealFieldName":"points","Description":"Points"},{"RealFieldName":"since","Description":"Since when"},{"RealFieldName":"vip","Description":"VIP"}]""",
            (await house.GetAsync("/current/model/GetCustomerAttributeList", await house.IssueAsync(house.Acme))).Body);
    }

    [Fact]
    public async Task What_is_not_modelled_is_empty_and_never_invented()
    {
        var client = await house.IssueAsync(house.Acme);
        const string period = "?StartDate=2024-05-01&EndDate=2024-05-02";
        foreach (var path in new[]
        {
            "model/GetLifecycleStageList", "model/GetMicrosegmentList", "model/GetMicrosegmentChangers" + period, "segments/GetValueSegments",
            "segments/GetCustomersByValueSegment?ValueSegmentID=1&Date=2024-05-01", "segments/GetValueSegmentChangers" + period,
        })
        {
            var answer = await house.GetAsync("/current/" + path, client);
            Assert.Equal((200, "[]", 2L), (answer.Status, answer.Body, answer.ContentLength));
        }
        foreach (var path in new[] { "GetValueSegmentName?ValueSegmentID=1", "GetValueSegmentID?ValueSegmentName=x" }) (await house.GetAsync("/current/segments/" + path, client)).IsRefused(404, "value segment");
        Assert.Equal(400, (await house.GetAsync("/current/segments/GetValueSegmentChangers?StartDate=2024-05-01", client)).Status);
    }
}
