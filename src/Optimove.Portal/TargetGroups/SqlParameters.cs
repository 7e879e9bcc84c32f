using Npgsql;
using Optimove.Portal.Targeting.Sql;

namespace Optimove.Portal.TargetGroups;

/// <summary>Gives a command the values of a compiled rule.</summary>
public static class SqlParameters
{
    public static NpgsqlCommand With(this NpgsqlCommand command, IEnumerable<SqlParameter> parameters)
    {
        foreach (var parameter in parameters.OrderBy(p => p.Position)) command.Parameters.Add(new() { Value = parameter.Value });
        return command;
    }
}
