using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Channels.Onboarding;
using Optimove.Portal.Providers;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Tests.Channels.Onboarding;

public sealed class HandOverTests(ChannelsHouse house) : IClassFixture<ChannelsHouse>
{
    [Fact]
    public async Task A_connection_is_handed_over_with_its_settings_its_evidence_its_people_and_no_secret()
    {
        var id = await house.ConnectAsync(house.Account());
        await house.InAsync(house.Ours, async s =>
        {
            await s.GetRequiredService<CheckConnection>().RunAsync(id);
            await s.GetRequiredService<ConfirmCheck>().RunAsync(id, "freshness", holds: true, "Ben from IT, at 01:00");
        });
        var handOver = (await house.InAsync(house.Ours, s => s.GetRequiredService<HandOverQueries>().FindAsync(id)))!;
        Assert.Equal([("API key", "Saved, hidden"), ("List ID", ChannelsHouse.ListId), ("From name", "Shop"), ("Reply-to address", "news@shop.test")], handOver.Connection.ReadableSettings.Select(s => (s.Field.Label, s.Value)));
        Assert.Equal([("Confirmed: The list is kept up to date every day", "Ben from IT, at 01:00"), ("Made the connection", "New secrets: API key")], handOver.Deeds.Select(d => (d.What, d.Note)));
        Assert.Equal(["Ana Ruiz"], handOver.People.Select(p => p.Who));
        Assert.Null(await house.InAsync(house.Others, s => s.GetRequiredService<HandOverQueries>().FindAsync(id)));
    }

    [Fact]
    public async Task The_time_since_when_an_item_is_red_stands_while_it_is_asked_again_and_begins_anew_when_it_changes()
    {
        var account = house.Account();
        var id = await house.ConnectAsync(account);
        account.Faults.Set(new(FaultKind.RevokedKey));
        var first = await TryAsync(id);
        var second = await TryAsync(id);
        Assert.Equal((CheckState.Blocked, first.Since, true), (second.State, second.Since, second.CheckedAt > first.CheckedAt));
        account.Faults.Clear();
        var mended = await TryAsync(id);
        Assert.Equal((CheckState.Works, true), (mended.State, mended.Since > first.Since));
    }

    private async Task<ChecklistLine> TryAsync(int id)
    {
        await house.InAsync(house.Ours, s => s.GetRequiredService<RunCheck>().RunAsync(id, "key"));
        return (await house.InAsync(house.Ours, s => s.GetRequiredService<HandOverQueries>().FindAsync(id)))!.Connection.Checklist.Lines[0];
    }
}
