using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Customers.Explorer;
using Optimove.Portal.Providers;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.TargetGroups.Builder;
using Optimove.Portal.TargetGroups.Counts;
using Optimove.Portal.Targeting.Wording;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class PreferenceTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Set = "/current/integrations/SetCustomerChannelPreference";

    private static string Body(int channel, int mode, params IEnumerable<string> customers) =>
        $$"""{"ChannelID":{{channel}},"CommunicationMode":{{mode}},"CustomerIDs":[{{string.Join(',', customers.Select(c => $"\"{c}\""))}}],"AppId":"app-7"}""";

    private async Task<string> KeptAsync(string like) => await house.App.Database.AskAsync<string>($"""
        select coalesce(string_agg(customer_id || ' ' || channel || ' ' || opted_in || ' ' || source, ', ' order by customer_id, channel), '') from {house.Acme.Schema}.channel_preferences where customer_id like '{like}'
        """) ?? "";

    [Fact]
    public async Task Customers_opt_out_of_a_channels_kind_and_in_again()
    {
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 505);
        (await house.PostAsync(Set, Body(505, 0, "P-1", "P-2", "P-1"), partner)).IsDone();
        (await house.PostAsync(Set, Body(505, 2, "P-2"), partner)).IsDone();
        Assert.Equal("P-1 sms false api, P-2 sms true api", await KeptAsync("P-%"));
        (await house.PostAsync(Set, Body(506, 0, "P-1"), partner)).IsRefused(403, "channel 506");
        Assert.Equal("P-1 sms false api, P-2 sms true api", await KeptAsync("P-%"));
    }

    [Fact]
    public async Task Each_kind_of_channel_has_its_own_preference_and_an_unchanged_one_keeps_its_source_and_time()
    {
        var client = await house.IssueAsync(house.Acme);
        foreach (var (number, kind) in new[] { (701, Channel.Email), (702, Channel.Push), (703, Channel.WebPush) })
        {
            await house.InAsync(house.Acme, s => s.GetRequiredService<SavePartnerChannel>().RunAsync(null, new() { ChannelId = number, Name = $"Kind {number}", Kind = kind }));
        }
        await house.App.Database.RunAsync($"insert into {house.Acme.Schema}.channel_preferences values ('K-1', 'email', false, 'file', timestamptz '2024-01-01')");
        foreach (var number in new[] { 701, 702, 703 }) (await house.PostAsync(Set, Body(number, 0, "K-1"), client)).IsDone();
        Assert.Equal("K-1 channel-703 false api, K-1 email false file, K-1 push false api", await KeptAsync("K-%"));
        (await house.PostAsync(Set, Body(777, 0, "K-1"), client)).IsRefused(400, "ChannelID 777 is not a channel");
    }

    [Fact]
    public async Task Each_change_is_kept_with_its_source_time_and_credential_and_shown_by_the_channels_name()
    {
        var client = await house.IssueAsync(house.Acme);
        await house.InAsync(house.Acme, s => s.GetRequiredService<SavePartnerChannel>().RunAsync(null, new() { ChannelId = 711, Name = "Web push of Acme", Kind = Channel.WebPush }));
        await house.App.Database.RunAsync($"insert into {house.Acme.Schema}.channel_preferences values ('H-1', 'email', false, 'file', timestamptz '2024-01-01')");
        (await house.PostAsync(Set, Body(711, 0, "H-1"), client)).IsDone();
        house.Clock.Ahead += TimeSpan.FromHours(1);
        (await house.PostAsync(Set, Body(711, 0, "H-1", "H-2"), client)).IsDone();
        (await house.PostAsync(Set, Body(711, 1, "H-1"), client)).IsDone();
        CustomerProfile? profile = null;
        await house.InAsync(house.Acme, async s => profile = await s.GetRequiredService<CustomerQueries>().FindAsync("H-1", TestContext.Current.CancellationToken));
        var name = client.Name;
        Assert.Equal([("Web push of Acme", true, $"By API, {name}"), ("Web push of Acme", false, $"By API, {name}"), ("E-mail", false, "From a file")], profile!.Consents.Select(c => (c.Channel, c.OptedIn, c.Told)));
        Assert.InRange(profile.Consents[0].At - profile.Consents[1].At, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        Assert.Contains(("channel-711", "Web push of Acme"), profile.Channels);
        Assert.Equal(3, await house.App.Database.AskAsync<long>($"select count(*) from {house.Acme.Schema}.preference_changes where customer_id like 'H-%'"));
        // Rules can ask for it, by its name.
        await house.InAsync(house.Acme, async s =>
        {
            var group = (await s.GetRequiredService<TargetGroupQueries>().ForEditingAsync(null, TestContext.Current.CancellationToken))!;
            Assert.Contains(Subject.All(group.Attributes, true, group.Channels), subject => subject is { Key: "preference:channel-711", Name: "Web push of Acme preference" });
            var rule = Subject.Begin("preference:channel-711", group.Context.Catalogue);
            Assert.Equal("Opted in to Web push of Acme", Describer.Describe(rule, group.Context.Catalogue));
            await house.App.Database.RunAsync($"insert into {house.Acme.Schema}.customers values ('H-1'), ('H-2')");
            Assert.Equal(1, (await s.GetRequiredService<CountRule>().RunAsync(rule)).Size);
        });
    }

    [Fact]
    public async Task Fifty_thousand_customers_are_taken_and_one_more_refuses_all()
    {
        var client = await house.IssueAsync(house.Acme);
        static IEnumerable<string> Many(int count) => Enumerable.Range(0, count).Select(i => $"M-{i}");
        (await house.PostAsync(Set, Body(505, 0, Many(50_001)), client)).IsRefused(400, "at most 50000");
        Assert.Equal("", await KeptAsync("M-%"));
        (await house.PostAsync(Set, Body(505, 0, Many(50_000)), client)).IsDone();
        Assert.Equal(50_000, await house.App.Database.AskAsync<long>($"select count(*) from {house.Acme.Schema}.channel_preferences where customer_id like 'M-%' and not opted_in"));
        (await house.PostAsync(Set, """{"ChannelID":505,"CommunicationMode":0}""", client)).IsRefused(400, "CustomerIDs is missing");
    }
}
