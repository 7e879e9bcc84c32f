using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting.Sql;

namespace Optimove.Portal.Campaigns.Reach;

/// <summary>Makes the statement that asks something of the fates of a group's customers.</summary>
internal static class AudienceSql
{
    /// <param name="select">The closing select over <c>fates</c>; fixed text.</param>
    public static NpgsqlCommand Ask(NpgsqlConnection connection, CompiledRule rule, CustomerAttribute email, string select) =>
        new NpgsqlCommand(SqlFile.Read("decide-fates.sql")
            .Replace("{select}", select, StringComparison.Ordinal)
            .Replace("{predicate}", rule.Predicate, StringComparison.Ordinal)
            .Replace("{email}", $"\"{email.Field}\"", StringComparison.Ordinal)
            .Replace("{channel}", "email", StringComparison.Ordinal), connection) { CommandTimeout = 60 }.With(rule.Parameters);
}
