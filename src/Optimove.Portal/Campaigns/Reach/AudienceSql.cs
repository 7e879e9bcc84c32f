using Npgsql;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting.Sql;

namespace Optimove.Portal.Campaigns.Reach;

/// <summary>Makes the statement that asks something of the fates of a group's customers.</summary>
internal static class AudienceSql
{
    // The same verdict as the list's own, in SQL.
    private const string BadEmail = """octet_length(a.address) > 320 or a.address !~ '^[^@ \t\r\n"<>(),;:\\]+@[^@ \t\r\n"<>(),;:\\]+\.[^@. \t\r\n"<>(),;:\\]+$'""";

    /// <param name="select">The closing select over <c>fates</c>; fixed text.</param>
    public static NpgsqlCommand Ask(NpgsqlConnection connection, CompiledRule rule, Addressing by, string select)
    {
        var (hasNoApp, parameters) = by.HasNoApp(rule.Parameters);
        return new NpgsqlCommand(SqlFile.Read("decide-fates.sql")
            .Replace("{doubles}", SqlFile.Read("find-doubles.sql"), StringComparison.Ordinal)
            .Replace("{select}", select, StringComparison.Ordinal)
            .Replace("{predicate}", rule.Predicate, StringComparison.Ordinal)
            .Replace("{address}", by.IsEmail ? $"lower(btrim(c.{by.Column}))" : $"btrim(c.{by.Column}::text)", StringComparison.Ordinal)
            .Replace("{field}", by.Field, StringComparison.Ordinal)
            .Replace("{isBad}", by.IsEmail ? BadEmail : "false", StringComparison.Ordinal)
            .Replace("{hasNoApp}", hasNoApp, StringComparison.Ordinal)
            .Replace("{channel}", by.ChannelKey, StringComparison.Ordinal), connection) { CommandTimeout = 60 }.With(parameters);
    }
}
