namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class GroupTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Base = "/current/groups/";

    [Fact]
    public async Task Target_groups_are_found_by_number_and_name_and_listed_by_day()
    {
        var client = await house.IssueAsync(house.Acme);
        var (one, gone) = (await house.PlantAsync(house.Acme, "One", ["C-1"]), await house.PlantAsync(house.Acme, "Gone", ["C-1"]));
        await house.App.Database.RunAsync($"update target_groups set archived_at = timestamptz '2024-05-10' where id = {gone.GroupId}");
        async Task Is(string path, string body) => Assert.Equal(body, (await house.GetAsync(Base + path, client)).Body);
        await Is($"GetTargetGroupName?TargetGroupID={gone.GroupId}", """{"TargetGroupName":"Group of Gone"}""");
        await Is("GetTargetGroupID?TargetGroupName=group%20of%20one", $$"""{"TargetGroupID":{{one.GroupId}}}""");
        await Is("GetTargetGroupDetails", $$"""[{"TargetGroupID":{{one.GroupId}},"TargetGroupName":"Group of One","TargetGroupPriority":0}]""");
        await Is("GetTargetGroupsByDate?Date=2024-04-30", "[]");
        await Is("GetTargetGroupsByDate?Date=2024-05-02", $$"""[{"TargetGroupID":{{one.GroupId}}},{"TargetGroupID":{{gone.GroupId}}}]""");
        await Is("GetTargetGroupsByDate?Date=2024-05-11", $$"""[{"TargetGroupID":{{one.GroupId}}}]""");
        (await house.GetAsync(Base + "GetTargetGroupName?TargetGroupID=99999", client)).IsRefused(404, "no target group");
        (await house.GetAsync(Base + "GetTargetGroupID?TargetGroupName=x", client)).IsRefused(404, "no target group");
        Assert.StartsWith("Date", (await house.GetAsync(Base + "GetTargetGroupsByDate?Date=yesterday", client)).Body);
    }
}
