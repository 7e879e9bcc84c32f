using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Connections;
using Optimove.Portal.Channels.Templates;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Sending.Triggers.Live;
using Optimove.Portal.Tests.PartnerApi;
using Optimove.Portal.Tests.Sending.Faults;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.Triggers.Handover;

/// <summary>Triggered campaigns straight through a provider: who gets what, and what keeps a campaign from it.</summary>
public sealed class HandoverTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task The_third_visit_reaches_Appboy_at_once_with_the_customers_and_the_events_values()
    {
        await using var world = await HandoverWorld.CreateAsync(house, Outside.Appboy);
        var campaign = await world.LiveAsync(times: 3);
        await world.ReportAsync("C-7", "C-7");
        Assert.Equal("", await world.StatesAsync(campaign.Id));
        await world.ReportAsync("C-7");
        await Eventually.Async(async () => await world.StatesAsync(campaign.Id) == "C-7 accepted", what: "the message without any turn of the job");
        Assert.Equal(["C-7"], world.Deliveries.Keys);
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(Assert.Single(world.Twin.World.Appboy("test").Group("shop-1").PersonalOf("C-7")))!;
        Assert.Equal("Page /shoes, amount 2.5, first_name Ann 7, member true", string.Join(", ", values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key} {v.Value}")));
        // What is sent is not kept.
        Assert.Equal(1, await house.App.Database.AskAsync<long>($"select count(*) from {world.Tenant.Schema}.triggered_sends where campaign_id = {campaign.Id} and provider_id <> '' and personal is null"));
        Assert.Equal((1, 0, 0), ((await world.ViewAsync(campaign.Id)).Accepted, (await world.ViewAsync(campaign.Id)).Waiting, (await world.ViewAsync(campaign.Id)).Unknown));
    }

    [Fact]
    public async Task The_third_visit_reaches_MobilePush_at_once_by_contact_key_and_within_the_accounts_pace()
    {
        await using var world = await HandoverWorld.CreateAsync(house, Outside.MobilePush);
        var campaign = await world.LiveAsync(times: 3);
        await world.ReportAsync("C-8", "C-8", "C-8");
        await Eventually.Async(async () => await world.StatesAsync(campaign.Id) == "C-8 accepted", what: "the message");
        Assert.Equal(["C-8"], world.Deliveries.Keys);
        Assert.Equal(1, await house.App.Database.AskAsync<long>($"select count(*) from pace_accounts where tenant_id = {world.Tenant.Id} and account = 'mobilepush test'"));

        // A list has taken the account's next quarter of an hour: nothing is in flight meanwhile.
        await house.App.Database.RunAsync($"update pace_accounts set next_at = now() + interval '15 minutes' where tenant_id = {world.Tenant.Id}");
        var other = await world.LiveAsync();
        await world.ReportAsync("C-9");
        await Eventually.Async(async () => await house.App.Database.AskAsync<bool>($"select next_at > now() + interval '15 minutes' from pace_accounts where tenant_id = {world.Tenant.Id}") is false
            || await house.App.Database.AskAsync<int>($"select tries from {world.Tenant.Schema}.triggered_sends where campaign_id = {other.Id}") == 0, what: "the message to wait");
        Assert.Equal(("C-9 waiting", 1L), (await world.StatesAsync(other.Id), world.Calls));
        await world.RunAsync($"delete from triggered_sends where campaign_id = {other.Id}; delete from pace_accounts where tenant_id = {world.Tenant.Id}");
    }

    [Fact]
    public async Task Grants_of_single_messages_between_those_of_chunks_never_pass_the_pace_in_any_window()
    {
        var pace = new SendPace(250_000, TimeSpan.FromMinutes(30));
        var granted = new List<(DateTimeOffset At, int Recipients)>();
        await house.InAsync(house.Globex, async s =>
        {
            var clock = new ManualTimeProvider("2026-03-01 08:00");
            var pacing = new Pacing(s.GetRequiredService<Portal.Tenancy.TenantDatabase>(), s.GetRequiredService<Portal.Tenancy.TenantContext>(), s.GetRequiredService<IDbContextFactory<PortalDb>>(), clock);
            foreach (var n in Enumerable.Range(0, 400))
            {
                var recipients = n % 2 == 0 ? 5_000 : 25 + n % 7;
                granted.Add((await pacing.GrantAsync("mobilepush mixed", recipients, pace), recipients));
            }
        });
        Assert.All(granted, first => Assert.InRange(granted.Where(g => g.At >= first.At && g.At < first.At + pace.Per).Sum(g => g.Recipients), 0, pace.Recipients));
    }

    [Theory]
    [InlineData("appboy")]
    [InlineData("mobilepush")]
    public async Task Who_is_control_opted_out_without_an_address_or_without_an_app_gets_nothing_and_the_reason_is_kept(string provider)
    {
        await using var world = await HandoverWorld.CreateAsync(house, Outside.Of(provider));
        await world.RunAsync("""
            insert into customers (customer_id, contact_key) values ('N-1', '  '), ('N-2', 'N-2') on conflict do nothing;
            insert into channel_preferences values ('C-11', 'push', false, 'file', now()) on conflict do nothing
            """);
        var campaign = await world.LiveAsync();
        await world.ReportAsync("C-11", "N-1", "N-2", "C-12");
        var noAddress = provider == "appboy" ? "uses no app of the app group" : "no Contact Key";
        var noApp = provider == "appboy" ? "N-2 excluded (uses no app of the app group)" : "N-2 sent";
        Assert.Equal($"C-11 excluded (opted out of push messages), N-1 excluded ({noAddress}), {noApp}, C-12 sent", await house.DecidedAsync(world.Tenant, campaign.Id));
        await Eventually.Async(async () => (await world.StatesAsync(campaign.Id)).EndsWith("C-12 accepted", StringComparison.Ordinal), what: "the message");
        Assert.Equal(["C-12"], world.Deliveries.Keys);

        var held = await world.LiveAsync(d => d with { ControlShare = 0.5m });
        await world.ReportAsync([.. Enumerable.Range(20, 40).Select(n => $"C-{n}")]);
        var decided = (await house.DecidedAsync(world.Tenant, held.Id)).Split(", ").Select(d => d.Split(' ')).ToLookup(d => d[1], d => d[0]);
        Assert.InRange(decided["control"].Count(), 8, 32);
        await Eventually.Async(async () => (await world.ViewAsync(held.Id)).Accepted == decided["sent"].Count(), what: "the messages");
        Assert.Empty(decided["control"].Intersect((await world.StatesAsync(held.Id)).Split(", ").Select(m => m.Split(' ')[0])));
        Assert.Equal(decided["sent"].Order(StringComparer.Ordinal), (await world.StatesAsync(held.Id)).Split(", ").Select(m => m.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_template_that_cannot_be_sent_and_a_connection_that_was_removed_send_nobody_anything()
    {
        await using var world = await HandoverWorld.CreateAsync(house, Outside.Appboy);
        var campaign = await world.LiveAsync();
        await world.RunAsync($"update templates set unusable = 'This campaign was stopped.' where id = {world.ActionId}");
        await world.ForgetWorldAsync();
        await world.ReportAsync("C-30");
        var refused = await Assert.ThrowsAsync<RefusedException>(() => house.InAsync(world.Tenant, s => s.GetRequiredService<RemoveConnection>().RunAsync(world.ConnectionId)));
        Assert.Contains(campaign.Name, refused.Message);
        await world.RunAsync($"update connections set removed_at = now() where id = {world.ConnectionId}");
        await world.ForgetWorldAsync();
        await world.ReportAsync("C-31");
        Assert.Equal("C-30 excluded (the template can no longer be sent), C-31 excluded (the channel is gone)", await house.DecidedAsync(world.Tenant, campaign.Id));
        Assert.Equal(0, world.Calls);
    }

    [Fact]
    public async Task A_templates_uses_count_triggered_campaigns_drafts_left_out()
    {
        await using var world = await HandoverWorld.CreateAsync(house, Outside.Appboy);
        await house.InAsync(world.Tenant, s => s.GetRequiredService<SaveTriggeredCampaign>().RunAsync(null, 0, new() { Name = $"Draft {Guid.NewGuid():N}", ChannelId = ExecutionChannel.Of(world.ConnectionId), ActionId = world.ActionId }));
        Assert.Equal((0, 0), await UsesAsync());
        var campaign = await world.LiveAsync();
        Assert.Equal((1, 1), await UsesAsync());
        await house.InAsync(world.Tenant, s => s.GetRequiredService<EndTriggeredCampaign>().RunAsync(campaign.Id));
        Assert.Equal((1, 0), await UsesAsync());

        async Task<(long Campaigns, long Waiting)> UsesAsync()
        {
            var template = Assert.Single(await world.AskAsync(s => s.GetRequiredService<TemplateQueries>().ListAsync(world.ConnectionId)));
            return (template.Campaigns, template.Waiting);
        }
    }

    [Fact]
    public async Task A_campaign_does_not_start_while_the_connection_has_a_required_red_item()
    {
        await using var world = await HandoverWorld.CreateAsync(house, Outside.Appboy);
        var item = await world.AskAsync(s => Task.FromResult(s.GetRequiredService<ProviderCatalog>()["appboy"].Info.Checklist.First(i => i.Required && !i.ByPerson).Key));
        await world.RunAsync($"""
            insert into connection_checks (tenant_id, connection_id, item, state, sentence, checked_at, since) values ({world.Tenant.Id}, {world.ConnectionId}, '{item}', 'Blocked', 'Appboy does not accept the key.', now(), now())
            """);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => world.LiveAsync());
        Assert.Equal($"The connection \"{world.Name}\" is blocked: Appboy does not accept the key.", refused.Message);
        await world.RunAsync($"update connection_checks set state = 'Works' where connection_id = {world.ConnectionId}");
        await world.LiveAsync();
    }

    [Fact]
    public async Task Channels_on_offer_are_partners_and_those_who_send_at_once_with_templates_by_app()
    {
        await using var appboy = await HandoverWorld.CreateAsync(house, Outside.Appboy);
        await house.App.Database.RunAsync($"insert into connections (tenant_id, provider, name, settings, created_at) values ({house.Acme.Id}, 'mailchimp', 'Mail {Guid.NewGuid():N}', '{"{}"}', now())");
        var channels = await appboy.AskAsync(s => s.GetRequiredService<TriggerChannels>().ListAsync(TestContext.Current.CancellationToken));
        Assert.Contains(channels, c => c is { Number: 250, Connector: null });
        var ours = channels.Single(c => c.Number == ExecutionChannel.Of(appboy.ConnectionId));
        Assert.Equal(("Spring (Shop, iOS)", true, null), (Assert.Single(ours.Templates).FullName, ours.Connector!.TakesValues, ours.Connector.Blocked));
        Assert.DoesNotContain(channels, c => c.Name.StartsWith("Mail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_live_page_counts_the_messages_of_its_own_client()
    {
        await using var world = await HandoverWorld.CreateAsync(house, Outside.Appboy);
        var campaign = await world.LiveAsync();
        world.Faults.Set(new(Twins.Wire.FaultKind.AnswerLost) { Times = 1 });
        await world.ReportAsync("C-40");
        await Eventually.Async(async () => await world.StatesAsync(campaign.Id) == "C-40 unknown", what: "the lost answer");
        await world.ReportAsync("C-41");
        await Eventually.Async(async () => (await world.StatesAsync(campaign.Id)).EndsWith("C-41 accepted", StringComparison.Ordinal), what: "the message");
        var flow = await world.AskAsync(s => s.GetRequiredService<FlowQueries>().ReadAsync(TestContext.Current.CancellationToken));
        Assert.True(flow.Handover is { Accepted: >= 1, Unknown: >= 1, Slowest: not null }, flow.Handover.ToString());
        Assert.Equal(new FlowHandover(0, 0, 0, 0, null, null), (await world.AskAsync(s => s.GetRequiredService<FlowQueries>().ReadAsync(TestContext.Current.CancellationToken), house.Globex)).Handover);
    }
}
