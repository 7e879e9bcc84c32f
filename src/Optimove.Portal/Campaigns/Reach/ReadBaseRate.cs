using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Reach;

/// <summary>How a group bought in the last days of the data: what a control group is expected to do.</summary>
/// <param name="Rate">Share of the customers who bought at least once, 0 to 1.</param>
/// <param name="MeanValue">KPI per customer, non-buyers included.</param>
public sealed record BaseRate(long Customers, double Rate, double MeanValue, int Days);

/// <summary>Reads a target group's own buying over as many days as the campaign will be measured, up to the day of the data.</summary>
public sealed class ReadBaseRate(IDbContextFactory<PortalDb> databases, TenantDatabase database, TenantRules rules)
{
    public async Task<BaseRate> RunAsync(int targetGroupId, int days, Kpi kpi, CancellationToken cancellation = default)
    {
        var (rule, context) = await CountReach.ReadAsync(databases, rules, targetGroupId, cancellation);
        var compiled = SqlCompiler.Compile(rule, context, firstParameter: 3);
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("read-base-rate.sql").Replace("{predicate}", compiled.Predicate, StringComparison.Ordinal), connection)
        {
            CommandTimeout = 60,
            Parameters =
            {
                new() { Value = context.StartOfDay(context.DataDate.AddDays(1 - days)) }, new() { Value = context.StartOfDay(context.DataDate.AddDays(1)) },
            },
        };
        command.With(compiled.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var customers = reader.GetInt64(0);
        var value = kpi == Kpi.Revenue ? (double)reader.GetDecimal(2) : reader.GetInt64(3);
        return customers == 0 ? new(0, 0, 0, days) : new(customers, (double)reader.GetInt64(1) / customers, value / customers, days);
    }
}
