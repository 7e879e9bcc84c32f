using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Deciding;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Sending.Triggers.Events;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.PartnerApi;

namespace Optimove.Portal.Tests.Sending.Triggers;

/// <summary>Events, customers and live triggered campaigns in the clients of an API house.</summary>
public static class TriggerHouse
{
    private static int _named;

    public static Rule Anything => new All([]);

    /// <summary>An event with parameters page (text), seconds (integer), amount (decimal), member (boolean), since (timestamp).</summary>
    public static async Task<int> DefineAsync(this ApiHouse house, TenantScope tenant, string name)
    {
        var id = 0;
        var draft = new EventDraft
        {
            Name = name,
            Parameters =
            [
                new() { Name = "Page", Type = AttributeType.Text }, new() { Name = "seconds", Type = AttributeType.Integer }, new() { Name = "amount", Type = AttributeType.Decimal },
                new() { Name = "member", Type = AttributeType.Boolean }, new() { Name = "since", Type = AttributeType.Timestamp },
            ],
        };
        await house.InAsync(tenant, async s => id = await s.GetRequiredService<SaveEventDefinition>().RunAsync(null, draft));
        return id;
    }

    public static async Task<int> GroupAsync(this ApiHouse house, TenantScope tenant, Rule rule)
    {
        var id = 0;
        await house.InAsync(tenant, async s => id = (await s.GetRequiredService<SaveTargetGroup>().RunAsync(new(null, 0, $"Group {Interlocked.Increment(ref _named)}", rule))).Id);
        return id;
    }

    public static Task CustomersAsync(this ApiHouse house, TenantScope tenant, params IEnumerable<string> ids) =>
        house.App.Database.RunAsync($"insert into {tenant.Schema}.customers (customer_id) values {string.Join(", ", ids.Select(i => $"('{i}')"))} on conflict do nothing");

    /// <summary>A listener of the client's on channel 250, and template 8 there.</summary>
    public static async Task<IssuedSecrets> ListenAsync(this ApiHouse house, TenantScope tenant)
    {
        var client = await house.IssueAsync(tenant, limit: 10_000);
        (await house.PostAsync("/integrations/AddChannelTemplates?ChannelID=250", """[{"TemplateID":1700000000000123,"TemplateName":"At once"}]""", client)).IsDone();
        // One listener is enough, however many tests of a class ask for it.
        if (await house.App.Database.AskAsync<long>($"select count(*) from event_listeners where tenant_id = {tenant.Id} and event_type = 11") > 0) return client;
        (await house.PostAsync("/general/RegisterEventListener", """{"EventTypeID":11,"ListenerURL":"https://p.example/t","ChannelID":250}""", client)).IsDone();
        return client;
    }

    /// <summary>A live campaign on channel 250 without a control group.</summary>
    public static async Task<TriggeredCampaign> LiveAsync(this ApiHouse house, TenantScope tenant, TriggerRule rule, Func<TriggerDraft, TriggerDraft>? arrange = null, int? group = null)
    {
        TriggeredCampaign? campaign = null;
        var action = await house.ActionAsync(tenant, 1700000000000123);
        var of = group ?? await house.GroupAsync(tenant, Anything);
        await house.InAsync(tenant, async s =>
        {
            var draft = new TriggerDraft { Name = $"Campaign {Interlocked.Increment(ref _named)}", Rule = rule, TargetGroupId = of, ChannelId = 250, ActionId = action, ControlShare = 0 };
            var saved = await s.GetRequiredService<SaveTriggeredCampaign>().RunAsync(null, 0, arrange?.Invoke(draft) ?? draft);
            await s.GetRequiredService<StartTriggeredCampaign>().RunAsync(saved.Id);
            campaign = await s.GetRequiredService<TriggeredCampaignQueries>().FindAsync(saved.Id, default);
        });
        return campaign!;
    }

    /// <summary>The action that sends a partner's template; null where there is none.</summary>
    public static Task<int?> ActionAsync(this ApiHouse house, TenantScope tenant, long template) =>
        house.App.Database.AskAsync<int?>($"select max(id) from templates where tenant_id = {tenant.Id} and provider_id = '{template}' and gone_at is null");

    public static string Event(this ApiHouse house, string type, string customer, string? id = null, TimeSpan ago = default, string parameters = "{}") =>
        $$"""{"EventID":"{{id ?? Guid.NewGuid().ToString()}}","EventType":"{{type}}","CustomerID":"{{customer}}","TimeStamp":"{{(house.Clock.GetUtcNow() - ago).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}}","Parameters":{{parameters}}}""";

    /// <summary>Reports events and waits until every client's have been decided by.</summary>
    public static async Task ReportAsync(this ApiHouse house, IssuedSecrets client, params string[] events)
    {
        (await house.PostAsync("/current/Events/ReportEvents", $"[{string.Join(',', events)}]", client)).IsDone();
        foreach (var tenant in new[] { house.Acme, house.Globex }) await house.DecideAsync(tenant);
    }

    /// <summary>Returns once every event that was kept has been decided by.</summary>
    public static Task DecideAsync(this ApiHouse house, TenantScope tenant) => house.InAsync(tenant, s => s.GetRequiredService<DecideEvents>().RunAsync());

    public static Task DecideDueAsync(this ApiHouse house, TenantScope tenant) => house.InAsync(tenant, s => s.GetRequiredService<DecideDueWaits>().RunAsync());

    public static Task<TriggerWorld> WorldAsync(this ApiHouse house, TenantScope tenant)
    {
        TriggerWorld? world = null;
        return house.InAsync(tenant, async s => world = await s.GetRequiredService<TriggerWorldQueries>().ReadAsync(default)).ContinueWith(_ => world!, TaskScheduler.Default);
    }

    /// <summary>How often customers met a campaign's trigger too early to enter again.</summary>
    public static Task<long> LimitedAsync(this ApiHouse house, TenantScope tenant, int campaign) => house.App.Database.AskAsync<long>(
        $"select coalesce(sum(decisions), 0)::bigint from {tenant.Schema}.trigger_totals where campaign_id = {campaign} and fate = 'excluded' and reason = 'entry limit'");

    /// <summary>What was decided for a campaign, in order: "C-1 sent, C-2 excluded (not in the target group)".</summary>
    public static async Task<string> DecidedAsync(this ApiHouse house, TenantScope tenant, int campaign) => await house.App.Database.AskAsync<string>($"""
        select string_agg(customer_id || ' ' || fate || coalesce(' (' || reason || ')', ''), ', ' order by id) from {tenant.Schema}.trigger_decisions where campaign_id = {campaign}
        """) ?? "";

    /// <summary>The bodies that wait for a campaign's partner.</summary>
    public static async Task<string[]> NoticesAsync(this ApiHouse house, TenantScope tenant, TriggeredCampaign campaign) => await house.App.Database.AskAsync<string[]>($"""
        select array_agg(body order by id) from event_deliveries where tenant_id = {tenant.Id} and event_type = 11 and body::jsonb ->> 'campaignID' = '{campaign.Number}'
        """) ?? [];
}
