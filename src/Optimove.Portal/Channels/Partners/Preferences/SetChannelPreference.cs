using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Preferences;

/// <summary>
/// Writes what customers have told a partner about its channel, all of them or none. Each change is kept with its time and who told it; a preference that
/// does not change keeps its source and time; one of a customer who is not known yet is kept, so that an opt-out never gets lost.
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
        // One implicit transaction. Two calls would meet at rows in another order.
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select pg_advisory_xact_lock(hashtext('channel preferences'), hashtext(current_schema()))"),
                new(SqlFile.Read("set-channel-preferences.sql"))
                {
                    Parameters =
                    {
                        new() { Value = Distinct(customerIds) }, new() { Value = channel.PreferenceChannel }, new() { Value = optedIn }, new() { Value = Source },
                        new() { Value = clock.GetUtcNow() }, new() { Value = actor.Name },
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    // In the order of the indexes, which take neighbours faster.
    private static string[] Distinct(IReadOnlyList<string> customerIds)
    {
        string[] distinct = [.. new HashSet<string>(customerIds, StringComparer.Ordinal)];
        Array.Sort(distinct, StringComparer.Ordinal);
        return distinct;
    }
}
