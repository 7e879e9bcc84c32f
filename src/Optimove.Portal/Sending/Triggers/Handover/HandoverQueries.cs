using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Handover;

/// <summary>Reads what became of a campaign's messages to a provider: counters, and a few rows found by index, however many messages there were.</summary>
public sealed class HandoverQueries(TenantDatabase database)
{
    /// <summary>More than so many open ones are not counted.</summary>
    public const int MostCounted = 10_000;
    /// <summary>So many whose outcome is unknown are listed.</summary>
    public const int MostListed = 50;

    public async Task<HandoverView> ReadAsync(int campaignId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var view = (await connection.ListAsync(SqlFile.Read("read-handover.sql"),
            r => new HandoverView(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5)) { WaitsBecause = r.IsDBNull(6) ? null : r.GetString(6) }, cancellation, campaignId, MostCounted)).Single();
        return view with
        {
            Failures = view.Refused + view.GivenUp == 0 ? [] : await connection.ListAsync(SqlFile.Read("list-handover-failures.sql"), r => new HandoverFailure(r.GetString(0), r.GetString(1), r.GetInt64(2)), cancellation, campaignId),
            Lost = view.Unknown == 0 ? [] : await connection.ListAsync("""
                select id, customer_id, decided_at, coalesce(sentence, '') from triggered_sends where campaign_id = $1 and state = 'unknown' order by id limit $2
                """, r => new LostMessage(r.GetInt64(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.GetString(3)), cancellation, campaignId, MostListed),
        };
    }

    /// <summary>The campaigns with messages of which nobody knows whether the provider took them.</summary>
    public async Task<IReadOnlyList<UnknownMessages>> UnknownAsync(CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ListAsync("""
            select c.id, c.name, u.messages
            from (select campaign_id, count(*) as messages from triggered_sends where state = 'unknown' group by campaign_id) u
            join triggered_campaigns c on c.id = u.campaign_id
            order by c.name
            """, r => new UnknownMessages(r.GetInt32(0), r.GetString(1), r.GetInt64(2)), cancellation);
    }
}

/// <summary>How many of a campaign's messages wait, are in flight, were accepted or refused by the provider, have an unknown outcome or were given up.</summary>
public sealed record HandoverView(long Waiting, long InFlight, long Unknown, long Accepted, long Refused, long GivenUp)
{
    /// <summary>Why the latest one that waits again does.</summary>
    public string? WaitsBecause { get; init; }
    /// <summary>Why messages were refused or given up lately, the most frequent first.</summary>
    public IReadOnlyList<HandoverFailure> Failures { get; init; } = [];
    /// <summary>The first of those with an unknown outcome.</summary>
    public IReadOnlyList<LostMessage> Lost { get; init; } = [];
}

/// <param name="State">refused or given_up.</param>
public sealed record HandoverFailure(string State, string Sentence, long Messages);

/// <summary>A message of which nobody knows whether the provider took it.</summary>
public sealed record LostMessage(long Id, string CustomerId, DateTimeOffset DecidedAt, string Sentence);

/// <summary>How many messages of a campaign wait for a person's decision.</summary>
public sealed record UnknownMessages(int CampaignId, string Campaign, long Messages);
