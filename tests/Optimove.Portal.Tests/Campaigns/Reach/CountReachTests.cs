using Optimove.Portal.Campaigns;
using Optimove.Portal.Campaigns.Reach;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Sending;
using Optimove.Portal.Sending.Lists;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Optimove.Portal.Tests.Campaigns.Reach;

public sealed class CountReachTests(CampaignsHouse house) : IClassFixture<CampaignsHouse>
{
    [Fact]
    public async Task Every_customer_of_the_group_has_one_reason_and_the_sum_closes()
    {
        var reach = await house.DoAsync<CountReach, ReachCounts>(c => c.RunAsync(house.Everybody, null, null));
        Assert.Equal((11, 2, 3, 1, 1, 4, 0), (reach.InGroup, reach.NoAddress, reach.BadAddress, reach.OptedOut, reach.SameMailbox, reach.Reachable, reach.Unexplained));
    }

    [Fact]
    public async Task The_counts_are_those_of_the_list_that_is_made_afterwards()
    {
        var reach = await house.DoAsync<CountReach, ReachCounts>(c => c.RunAsync(house.Everybody, null, null));
        var counts = await house.InAsync(async s =>
        {
            await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var by = await s.GetRequiredService<ReadAddressing>().RunAsync(null, null);
            await using var connection = await s.GetRequiredService<TenantDatabase>().OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var nobody = new Assignment(new byte[32], "1", "", 0);
            var made = await s.GetRequiredService<MakeList>().RunAsync(connection, new(9001, new CompiledRule("true", []), by, nobody, 500), TestContext.Current.CancellationToken);
            await transaction.RollbackAsync();
            return made;
        });
        Assert.Equal((reach.InGroup, reach.InGroup - reach.Reachable, reach.Reachable), (counts.Considered, counts.Excluded, counts.ToSend));
    }

    [Fact]
    public async Task The_people_behind_a_count_are_those_that_were_counted()
    {
        var people = await house.DoAsync<ReachSample, IReadOnlyList<ReachPerson>>(s => s.RunAsync(Campaign, ReachFate.BadAddress, 10));
        Assert.Equal(["C11", "C5", "C6"], people.Select(p => p.CustomerId).Order());
        Assert.Equal(11, (await house.DoAsync<ReachSample, IReadOnlyList<ReachPerson>>(s => s.RunAsync(Campaign, null, 50))).Count);
    }

    [Fact]
    public async Task The_base_rate_is_what_the_group_bought_in_as_many_days_up_to_the_data()
    {
        var revenue = await house.DoAsync<ReadBaseRate, BaseRate>(b => b.RunAsync(house.Everybody, 30, Kpi.Revenue));
        Assert.Equal((11, 2.0 / 11, 100.0 / 11), (revenue.Customers, revenue.Rate, revenue.MeanValue));
        Assert.Equal(3.0 / 11, (await house.DoAsync<ReadBaseRate, BaseRate>(b => b.RunAsync(house.Everybody, 30, Kpi.Purchases))).MeanValue);
        Assert.Equal(1.0 / 11, (await house.DoAsync<ReadBaseRate, BaseRate>(b => b.RunAsync(house.Everybody, 5, Kpi.Revenue))).Rate);
    }

    [Fact]
    public void A_larger_control_proves_more_until_the_smallest_that_is_enough()
    {
        var power = new ControlPower(40_898, new(52_310, 0.064, 4.6, 30), 0.19);
        Assert.True(power.Chance(0.05) < power.Chance(0.10) && power.Chance(0.10) < power.Chance(0.25));
        var smallest = power.SmallestShare!.Value;
        Assert.True(power.IsEnough(smallest));
        Assert.False(power.IsEnough(smallest - 0.01));
        Assert.Equal($"{smallest * 100:0}\u00A0% is the smallest share that gives an 80\u00A0% chance.", power.Advice(smallest));
        Assert.StartsWith("With 5\u00A0% the chance is 53\u00A0%.", power.Advice(0.05));
        Assert.StartsWith("With 2\u00A0% you would probably see nothing", power.Advice(0.02));
        Assert.StartsWith("No share gives an 80\u00A0% chance", new ControlPower(300, power.Base, 0.19).Advice(0.1));
    }

    // By e-mail, as long as no connection is chosen.
    private Campaign Campaign => new() { Name = "Reach", CreatedBy = "test", TargetGroupId = house.Everybody };
}
