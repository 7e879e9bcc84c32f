using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.TargetGroups.Segments;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class SegmentTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Segments = "/current/segments/";

    [Fact]
    public async Task Segments_are_what_the_client_defines_by_target_groups_and_the_first_that_fits_has_the_customer()
    {
        await house.InAsync(house.Acme, s => s.GetRequiredService<AddAttributes>().RunAsync([new() { Field = "tier", Name = "Tier", Type = AttributeType.Text, Length = 10 }]));
        var client = await house.IssueAsync(house.Acme);
        await house.ImportAsync(house.Acme, "customer_id,tier", "N-1,gold", "N-2,silver", "N-3,gold", "N-4,silver", "N-5,", "N-6,tin", "N-7,tin");
        var (all, gold) = (await GroupAsync("All", new AttributeRule("tier", Operator.IsNotEmpty, [])), await GroupAsync("Gold", new AttributeRule("tier", Operator.Is, ["gold"])));
        await SaveAsync(SegmentKind.Value, "Anybody", all);
        await SaveAsync(SegmentKind.Value, "Best", gold);
        await SaveAsync(SegmentKind.Lifecycle, "Active", all);
        async Task Is(string path, string body) => Assert.Equal(body, (await house.GetAsync(path, client)).Body);
        var today = house.Day(house.Acme);
        await Is(Segments + "GetValueSegments", """[{"ValueSegmentID":1,"ValueSegmentName":"Anybody"},{"ValueSegmentID":2,"ValueSegmentName":"Best"}]""");
        await Is($"{Segments}GetCustomersByValueSegment?ValueSegmentID=2&Date={today}", "[]");
        await house.InAsync(house.Acme, async s => await s.GetRequiredService<MoveSegment>().RunAsync(await IdAsync("Best")));
        await Is(Segments + "GetValueSegments", """[{"ValueSegmentID":2,"ValueSegmentName":"Best"},{"ValueSegmentID":1,"ValueSegmentName":"Anybody"}]""");
        await Is($"{Segments}GetCustomersByValueSegment?ValueSegmentID=2&Date={today}", """[{"CustomerID":"N-1"},{"CustomerID":"N-3"}]""");
        await Is($"{Segments}GetCustomersByValueSegment?ValueSegmentID=1&Date={today}&$skip=1&$top=2&CustomerAttributes=tier", """[{"CustomerID":"N-4","CustomerAttributes":["silver"]},{"CustomerID":"N-6","CustomerAttributes":["tin"]}]""");
        await Is($"{Segments}GetCustomersByValueSegment?ValueSegmentID=77&Date={today}", "[]");
        (await house.GetAsync($"{Segments}GetCustomersByValueSegment?ValueSegmentID=1&Date=2001-01-01", client)).IsRefused(400, "Date 2001-01-01 is outside");
        await Is(Segments + "GetValueSegmentName?ValueSegmentID=2", """{"ValueSegmentName":"Best"}""");
        await Is(Segments + "GetValueSegmentID?ValueSegmentName=best", """{"ValueSegmentID":2}""");
        await Is("/current/model/GetLifecycleStageList", """[{"StageID":1,"StageName":"Active"}]""");
        foreach (var path in new[] { "GetValueSegmentName?ValueSegmentID=3", "GetValueSegmentID?ValueSegmentName=Active" }) (await house.GetAsync(Segments + path, client)).IsRefused(404, "value segment");
        house.Clock.Ahead += TimeSpan.FromDays(1);
        await house.ImportAsync(house.Acme, "customer_id,tier", "N-1,gold", "N-2,gold", "N-3,tin", "N-4,silver", "N-5,", "N-6,tin", "N-7,tin");
        await Is($"{Segments}GetValueSegmentChangers?StartDate={today}&EndDate={house.Day(house.Acme)}", """[{"CustomerID":"N-2","InitialValueSegmentID":1,"FinalValueSegmentID":2},{"CustomerID":"N-3","InitialValueSegmentID":2,"FinalValueSegmentID":1}]""");
        await RefusalsAsync(gold);
        await Is(Segments + "GetValueSegments", """[{"ValueSegmentID":3,"ValueSegmentName":"Best"},{"ValueSegmentID":1,"ValueSegmentName":"Anybody"}]""");
    }

    private async Task RefusalsAsync(int gold)
    {
        Assert.Contains("called Anybody already", await RefusalAsync(s => s.GetRequiredService<SaveSegment>().RunAsync(null, new() { Name = "Anybody", TargetGroupId = gold })));
        Assert.Contains("Choose the target group", await RefusalAsync(s => s.GetRequiredService<SaveSegment>().RunAsync(null, new() { Name = "X" })));
        Assert.Contains("Give the segment a name", await RefusalAsync(s => s.GetRequiredService<SaveSegment>().RunAsync(null, new() { Name = " ", TargetGroupId = gold })));
        Assert.Contains("The segment Best is defined by this group", await RefusalAsync(s => s.GetRequiredService<ArchiveTargetGroup>().RunAsync(gold)));
        // A number is given once.
        await house.InAsync(house.Acme, async s => await s.GetRequiredService<RemoveSegment>().RunAsync(await IdAsync("Best")));
        await SaveAsync(SegmentKind.Value, "Best", gold);
        await house.InAsync(house.Acme, async s => await s.GetRequiredService<MoveSegment>().RunAsync(await IdAsync("Best")));
    }

    private async Task<string> RefusalAsync(Func<IServiceProvider, Task> deed) => (await Assert.ThrowsAsync<RefusedException>(() => house.InAsync(house.Acme, deed))).Message;

    private Task SaveAsync(SegmentKind kind, string name, int group) => house.InAsync(house.Acme, s => s.GetRequiredService<SaveSegment>().RunAsync(null, new() { Kind = kind, Name = name, TargetGroupId = group }));

    private async Task<int> IdAsync(string name) => await house.App.Database.AskAsync<int>($"select id from segments where name = '{name}' and removed_at is null");

    private async Task<int> GroupAsync(string name, Rule rule)
    {
        var id = 0;
        await house.InAsync(house.Acme, async s =>
        {
            await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var group = db.TargetGroups.Add(new() { Name = name, Rule = RuleJson.Write(new All([rule])), CreatedBy = "x", ChangedBy = "x" }).Entity;
            await db.SaveChangesAsync();
            id = group.Id;
        });
        return id;
    }
}
