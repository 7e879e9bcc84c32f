using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Tests.PartnerApi;

/// <summary>The numbers by which programs know a planted campaign.</summary>
public sealed record PlantedList(int CampaignId, int ChannelId, int TemplateId, int GroupId);

/// <summary>Plants campaigns whose lists are made, and customers with attributes.</summary>
public static class ApiLists
{
    private static int _templates;
    public static readonly DateTimeOffset SendAt = new(2024, 5, 2, 9, 30, 0, TimeSpan.Zero);

    /// <param name="channel">A partner's channel; null for a provider's connection.</param>
    /// <param name="people">Customer ids; those that begin with X are the control group, those with Y are excluded.</param>
    public static async Task<PlantedList> PlantAsync(this ApiHouse house, TenantScope tenant, string name, IReadOnlyList<string> people, Action<Occurrence>? arrange = null, int? channel = null)
    {
        PlantedList? planted = null;
        await house.InAsync(tenant, async s =>
        {
            await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var at = SendAt.AddDays(-1);
            var group = db.TargetGroups.Add(new() { Name = $"Group of {name}", Rule = RuleJson.Write(new All([])), CreatedAt = at, CreatedBy = "x", ChangedAt = at, ChangedBy = "x" }).Entity;
            var connection = channel is null ? db.Connections.Add(new() { Provider = "mailchimp", Name = $"Connection of {name}", Settings = "{}", CreatedAt = at }).Entity
                : (await db.PartnerChannels.Include(c => c.Connection).SingleAsync(c => c.ChannelId == channel && c.RemovedAt == null)).Connection;
            await db.SaveChangesAsync();
            var template = db.Templates.Add(new() { ConnectionId = connection.Id, ProviderId = channel is null ? name : $"{1000 + Interlocked.Increment(ref _templates)}", Name = $"Template of {name}", FirstSeenAt = at, LastSeenAt = at }).Entity;
            await db.SaveChangesAsync();
            var campaign = db.Campaigns.Add(new() { Name = name, State = CampaignState.Scheduled, TargetGroupId = group.Id, ConnectionId = connection.Id, TemplateId = template.Id, CreatedAt = at, CreatedBy = "x", SavedAt = at }).Entity;
            await db.SaveChangesAsync();
            var occurrence = db.Occurrences.Add(new()
            {
                CampaignId = campaign.Id, Date = new(2024, 5, 2), SendAt = SendAt, Zone = "UTC", WallTime = new(9, 30), LocksAt = at, State = OccurrenceState.Measuring, ControlShare = 0.1m, MeasurementDays = 7,
                ConnectionId = connection.Id, TemplateId = template.Id, DispatchId = $"{name}-{Guid.NewGuid()}", CreatedAt = at, ListedAt = at, PushStartedAt = SendAt,
                Considered = people.Count, Control = people.Count(IsControl), Excluded = people.Count(IsExcluded),
            }).Entity;
            arrange?.Invoke(occurrence);
            await db.SaveChangesAsync();
            planted = new(occurrence.Id, channel ?? ExecutionChannel.Of(connection.Id), template.Id, group.Id);
        });
        await house.App.Database.RunAsync($"""
            create table {tenant.Schema}.recipients_{planted!.CampaignId} partition of {tenant.Schema}.recipients for values in ({planted.CampaignId});
            insert into {tenant.Schema}.recipients (occurrence_id, chunk, reason, customer_id)
            select {planted.CampaignId}, case fate when 'send' then 1 end, case fate when 'excluded' then 'no e-mail address' end, id
            from (select id, case left(id, 1) when 'X' then 'control' when 'Y' then 'excluded' else 'send' end as fate from unnest('{"{" + string.Join(',', people) + "}"}'::text[]) as people (id)) people;
            create unique index on {tenant.Schema}.recipients_{planted.CampaignId} (customer_id);
            """);
        return planted;
    }

    /// <summary>Attributes phone (text), points (decimal) and since (time), and Ada (C-1) and Bob (C-2) with them.</summary>
    public static async Task PlantAttributesAsync(this ApiHouse house, TenantScope tenant)
    {
        await house.InAsync(tenant, s => s.GetRequiredService<AddAttributes>().RunAsync(
        [
            new() { Field = "mobile_phone", Name = "Mobile phone", Type = AttributeType.Text, Length = 40 },
            new() { Field = "points", Name = "Points", Type = AttributeType.Decimal },
            new() { Field = "since", Name = "Member since", Type = AttributeType.Timestamp },
            new() { Field = "vip", Name = "VIP", Type = AttributeType.Boolean },
        ]));
        await house.App.Database.RunAsync($"""
            insert into {tenant.Schema}.customers (customer_id, mobile_phone, points, since, vip)
            values ('C-1', '447700900001', 12.5, '2024-01-02 03:04:05+00', true), ('C-2', null, null, null, false)
            """);
    }

    private static bool IsControl(string id) => id.StartsWith('X');

    private static bool IsExcluded(string id) => id.StartsWith('Y');
}
