using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Preferences;

/// <summary>A channel whose preferences are its own, not those of all e-mail, push or SMS.</summary>
/// <param name="Key">As preferences and rules have it: channel- and its number.</param>
public sealed record OwnChannel(string Key, string Name);

/// <summary>Reads the channels of partners that have preferences of their own. They are of a later stage, so they are asked in SQL.</summary>
public sealed class OwnChannels(TenantDatabase database)
{
    /// <summary>By number; of a number that was given again the channel that has it now.</summary>
    /// <param name="removed">Those that were removed too, for what was said about them.</param>
    public async Task<IReadOnlyList<OwnChannel>> ListAsync(bool removed, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("""
            select distinct on (channel_id) 'channel-' || channel_id, name from partner_channels
            where kind not in ('Email', 'Push', 'Sms') and ($1 or removed_at is null) order by channel_id, removed_at desc nulls first
            """, connection) { Parameters = { new() { Value = removed } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var channels = new List<OwnChannel>();
        while (await reader.ReadAsync(cancellation)) channels.Add(new(reader.GetString(0), reader.GetString(1)));
        return channels;
    }
}
