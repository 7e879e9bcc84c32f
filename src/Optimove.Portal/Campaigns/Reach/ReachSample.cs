using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Reach;

/// <summary>Draws a few customers of a target group who share a fate, at random.</summary>
public sealed class ReachSample(IDbContextFactory<PortalDb> databases, TenantDatabase database, TenantRules rules, ReadAddressing addressing)
{
    /// <param name="fate">Null for anybody of the group.</param>
    public async Task<IReadOnlyList<ReachPerson>> RunAsync(Campaign campaign, ReachFate? fate, int most, CancellationToken cancellation = default)
    {
        var by = await addressing.RunAsync(campaign.ConnectionId, campaign.TemplateId, cancellation);
        var (rule, context) = await CountReach.ReadAsync(databases, rules, campaign.TargetGroupId ?? 0, cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        var select = $"select customer_id, address from fates {(fate is { } one ? $"where fate = {(int)one}" : "")} order by random() limit {most}";
        await using var command = AudienceSql.Ask(connection, SqlCompiler.Compile(rule, context), by, select);
        var people = new List<ReachPerson>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) people.Add(new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1)));
        return people;
    }
}
