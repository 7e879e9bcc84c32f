using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Preferences;

/// <summary>
/// Writes what customers have told a partner about its channel, all of them or none. Each change is kept with its time and who told it; a preference that does not change keeps its source and time;
/// one of a customer who is not known yet is kept, so that an opt-out never gets lost.
/// </summary>
public sealed class SetChannelPreference(PartnerChannelQueries channels, TenantDatabase database, Actor actor, TimeProvider clock)
{
    private const string Source = "api";

    /// <param name="customerIds">One who is named twice counts once.</param>
    /// <exception cref="RefusedException">The client has no such channel.</exception>
    public async Task RunAsync(int channelId, IReadOnlyList<string> customerIds, bool optedIn, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        var channel = await channels.GetAsync(channelId, cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("""
            with changed as (
              insert into channel_preferences as p (customer_id, channel, opted_in, source, changed_at)
              select distinct customer_id, $2, $3, $4, $5 from unnest($1) as told (customer_id) order by customer_id
              on conflict (customer_id, channel) do update
              set opted_in = excluded.opted_in, source = excluded.source, changed_at = excluded.changed_at
              where p.opted_in is distinct from excluded.opted_in
              returning customer_id
            )
            insert into preference_changes (customer_id, channel, opted_in, source, changed_by, changed_at)
            select customer_id, $2, $3, $4, $6, $5 from changed
            """, connection)
        {
            Parameters = { new() { Value = customerIds as string[] ?? [.. customerIds] }, new() { Value = channel.PreferenceChannel }, new() { Value = optedIn }, new() { Value = Source }, new() { Value = clock.GetUtcNow() }, new() { Value = actor.Name } },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
