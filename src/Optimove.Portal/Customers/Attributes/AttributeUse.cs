using Npgsql;
using Optimove.Portal.Data;

namespace Optimove.Portal.Customers.Attributes;

/// <summary>Where attributes are asked for. Target groups are a later stage, so their rules are read as JSON.</summary>
internal static class AttributeUse
{
    /// <summary>Names of the groups whose rule names the field.</summary>
    public static async Task<IReadOnlyList<string>> GroupsAsync(NpgsqlConnection connection, string field, CancellationToken cancellation) =>
        (await ByFieldAsync(connection, cancellation)).GetValueOrDefault(field, []);

    /// <summary>For each field that a target group names, the names of those groups.</summary>
    public static async Task<Dictionary<string, List<string>>> ByFieldAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(SqlFile.Read("read-attribute-use.sql"), connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var use = new Dictionary<string, List<string>>();
        while (await reader.ReadAsync(cancellation))
        {
            if (!use.TryGetValue(reader.GetString(0), out var groups)) use[reader.GetString(0)] = groups = [];
            groups.Add(reader.GetString(1));
        }
        return use;
    }
}
