using System.Net.Http.Headers;
using System.Text;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Tests.PartnerApi;
using Optimove.Portal.Tests.Sending.Faults;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.Triggers.Handover;

/// <summary>
/// The portal is killed (SIGKILL) at each call by which a triggered message goes out, before the provider hears of it and after it took effect, and
/// started again. A person who has looked at the provider sends what did not arrive again, and leaves the rest.
/// </summary>
public sealed class KilledHandoverTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);
    private readonly string _address = PortalChild.FreeAddress();
    private HandoverWorld _world = null!;
    private TriggeredCampaign _campaign = null!;

    [Theory]
    [InlineData("appboy", 2)]
    [InlineData("mobilepush", 4)]
    public async Task Whenever_the_portal_is_killed_the_message_is_open_for_a_person_and_everyone_is_reached_once(string provider, int points)
    {
        await using var world = _world = await HandoverWorld.CreateAsync(house, Outside.Of(provider));
        var twin = world.Outside.Address(world.Twin);
        await using var proxy = await KillingProxy.StartAsync(twin);
        proxy.WritesOnly = true;
        await world.RunAsync($"update connections set twin_address = '{new Uri(proxy.Address, twin.PathAndQuery)}' where id = {world.ConnectionId}");
        _campaign = await world.LiveAsync();
        var (killed, customer, struck) = (0, 0, true);
        for (var call = 1; struck; call++)
        {
            struck = false;
            foreach (var at in Enum.GetValues<KillAt>())
            {
                var who = $"C-{++customer}";
                using (var portal = PortalChild.Start(house.App.Database.Options, ("ASPNETCORE_URLS", _address)))
                {
                    proxy.Plan(call, at, portal.Kill);
                    await ReportAsync(who, portal);
                    await Eventually.Async(async () => portal.HasExited || await StateAsync(who) == "accepted", Deadline, $"{who}, killed at call {call}, {at}\n{portal.Said}");
                }
                if (!proxy.Struck) continue;
                (killed, struck) = (killed + 1, true);
                proxy.NoPlan();
                await AfterwardsAsync(who, $"{who}, killed at call {call}, {at}");
            }
        }
        Assert.Equal(points, killed);
        Assert.Equal(customer, world.Deliveries.Count);
        Assert.All(world.Deliveries, d => Assert.Equal(1, d.Value));
    }

    // The call's lease is over before the portal is back: whoever made it is dead.
    private async Task AfterwardsAsync(string who, string when)
    {
        await _world.RunAsync("update triggered_sends set lease_until = now() - interval '1 second' where state = 'in_flight'");
        using var portal = PortalChild.Start(house.App.Database.Options, ("ASPNETCORE_URLS", _address));
        await Eventually.Async(async () => await StateAsync(who) == "unknown", Deadline, $"nothing but unknown, {when}\n{portal.Said}");
        var arrived = _world.Deliveries.ContainsKey(who);
        await _world.DecideAsync(_campaign.Id, again: !arrived);
        await Eventually.Async(async () => await StateAsync(who) == (arrived ? "given_up" : "accepted"), Deadline, $"its end, {when}\n{portal.Said}");
    }

    private async Task<string> StateAsync(string customer) =>
        await house.App.Database.AskAsync<string>($"select state from {house.Acme.Schema}.triggered_sends where campaign_id = {_campaign.Id} and customer_id = '{customer}'") ?? "";

    private async Task ReportAsync(string customer, PortalChild portal)
    {
        using var http = new HttpClient { BaseAddress = new(_address), Timeout = TimeSpan.FromSeconds(20), DefaultRequestHeaders = { { "X-API-KEY", _world.Client.Key } } };
        var body = house.Event(_world.Visit, customer, parameters: """{"page":"/shoes","amount":2.5,"member":true}""");
        await Eventually.Async(async () =>
        {
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
                using var answer = await http.PostAsync("/current/Events/ReportEvent", content);
                return answer.IsSuccessStatusCode || portal.HasExited;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                return portal.HasExited;
            }
        }, Deadline, $"an answer to the event of {customer}\n{portal.Said}");
    }
}
