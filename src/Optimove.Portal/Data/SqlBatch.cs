using Npgsql;

namespace Optimove.Portal.Data;

/// <summary>Statements that go to the server in one round trip.</summary>
internal static class SqlBatch
{
    /// <param name="values">Of $1, $2 and so on.</param>
    public static void Add(this NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}
