using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Optimove.Portal.Channels.Partners.Listeners;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>
/// Decides about customers who met triggers: each decision is written with its notices to the partner's listeners, or with its message for the
/// provider, inside the caller's transaction, whose lock on the client's events keeps every other decision waiting. Who may not enter again yet is
/// only counted. What a campaign that is no longer live was met for is left undecided.
/// </summary>
public sealed class DecideMet(TenantContext tenant)
{
    private const string Sent = "sent", Control = "control", Excluded = "excluded";
    private const string Limit = "entry limit";
    private const int FirstTag = 5;
    private const string CountExcluded = """
        insert into trigger_totals as t (campaign_id, fate, reason, decisions)
        select a.campaign_id, $1, $2, count(*) from unnest($3::int[]) as a (campaign_id) group by 1
        on conflict (campaign_id, fate, reason) do update set decisions = t.decisions + excluded.decisions
        """;

    /// <param name="connection">Inside the transaction that brought the events or ended the waiting.</param>
    /// <param name="batch">Gets the command that writes the decisions; the caller runs it before it commits.</param>
    public async Task<DecidedCounts> RunAsync(NpgsqlConnection connection, NpgsqlBatch batch, TriggerWorld world, IReadOnlyList<MetTrigger> met, DateTimeOffset now, CancellationToken cancellation = default)
    {
        List<MetTrigger> entering = [.. met.Where(m => MayEnter(m, now))];
        var facts = entering.Count == 0 ? new() : await AskAsync(connection, entering, cancellation);
        var (decisions, limited) = Decide(met, facts, world.AssignmentKey, now);
        if (decisions.Count > 0) AddWrite(batch, decisions, now);
        AddExcluded(batch, Limit, limited);
        return new(decisions.Count(d => d.Fate == Sent), decisions.Count(d => d.Fate == Control), decisions.Count(d => d.Fate == Excluded) + limited.Count);
    }

    /// <summary>Adds to the totals what is counted and has no line of its own.</summary>
    /// <param name="campaigns">One for each time.</param>
    internal static void AddExcluded(NpgsqlBatch batch, string reason, IReadOnlyCollection<int> campaigns)
    {
        if (campaigns.Count > 0) batch.Add(CountExcluded, Excluded, reason, campaigns.ToArray());
    }

    private static bool MayEnter(MetTrigger met, DateTimeOffset now) => met.Progress.MayEnter(met.Trigger.Campaign.EntryDays, now.UtcDateTime);

    /// <summary>In one round trip: which campaigns are live and stay so until the end of the transaction, which channels have listeners, and the customers' facts.</summary>
    private async Task<MetFacts> AskAsync(NpgsqlConnection connection, IReadOnlyList<MetTrigger> met, CancellationToken cancellation)
    {
        var byTrigger = met.GroupBy(m => m.Trigger.Campaign.Id).Select(g => (g.First().Trigger, Customers: g.Select(m => m.CustomerId).Distinct().ToArray())).ToList();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("select id from triggered_campaigns where tenant_id = $1 and state = 'Live' and id = any ($2) order by id for share", tenant.Current.Id, Of(byTrigger, t => t.Trigger.Campaign.Id));
        batch.Add("select channel_id from event_listeners where tenant_id = $1 and event_type = $2 and channel_id = any ($3) order by id for key share",
            tenant.Current.Id, RegisterListener.TriggerMet, Of(byTrigger, t => t.Trigger.Campaign.ChannelId ?? 0));
        foreach (var (trigger, customers) in byTrigger) batch.BatchCommands.Add(Audience(trigger, customers));
        var facts = new MetFacts();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) facts.Live.Add(reader.GetInt32(0));
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) facts.Listening.Add(reader.GetInt32(0));
        foreach (var (trigger, _) in byTrigger)
        {
            await reader.NextResultAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                string[] tags = [.. trigger.Tags.Select((_, i) => reader.IsDBNull(i + FirstTag) ? "" : reader.GetString(i + FirstTag))];
                facts.Customers[(trigger.Campaign.Id, reader.GetString(0))] =
                    new(reader.GetBoolean(1), reader.GetBoolean(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetBoolean(4), tags);
            }
        }
        return facts;
    }

    internal static NpgsqlBatchCommand Audience(LiveTrigger trigger, string[] customers)
    {
        var command = new NpgsqlBatchCommand(SqlFile.Read("read-met-customers.sql")
            .Replace("{predicate}", trigger.Audience?.Predicate ?? "false", StringComparison.Ordinal).Replace("{columns}", trigger.Columns, StringComparison.Ordinal)
            .Replace("{address}", trigger.Channel?.Connector?.Column is { } column ? $"c.{column}::text" : "null", StringComparison.Ordinal));
        foreach (var value in new object[] { customers, trigger.Channel?.PreferenceChannel ?? "" }) command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = (object?)trigger.Template?.Apps?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        foreach (var parameter in (trigger.Audience?.Parameters ?? []).OrderBy(p => p.Position)) command.Parameters.Add(new() { Value = parameter.Value });
        return command;
    }

    /// <summary>Who may not enter yet is only counted: a customer can meet a trigger at every click.</summary>
    private static (List<TriggerDecision> Decisions, List<int> Limited) Decide(IReadOnlyList<MetTrigger> met, MetFacts facts, byte[] key, DateTimeOffset now)
    {
        var (decisions, limited) = (new List<TriggerDecision>(), new List<int>());
        foreach (var one in met)
        {
            // A time before in the same batch counts too.
            if (!MayEnter(one, now))
            {
                one.Progress.Limit();
                limited.Add(one.Trigger.Campaign.Id);
            }
            else if (facts.Live.Contains(one.Trigger.Campaign.Id)) decisions.Add(Decide(one, facts, key, now));
        }
        return (decisions, limited);
    }

    private static TriggerDecision Decide(MetTrigger met, MetFacts facts, byte[] key, DateTimeOffset now)
    {
        var customer = facts.Customers.GetValueOrDefault((met.Trigger.Campaign.Id, met.CustomerId));
        if (Reason(met, customer, facts) is var reason && (reason is not null || customer is null)) return new(met, Excluded, reason, null);
        met.Progress.Enter(now.UtcDateTime);
        return IsControl(met, key) ? new(met, Control, null, null) : ToSend(met, customer, now);
    }

    private static TriggerDecision ToSend(MetTrigger met, MetCustomer customer, DateTimeOffset now) => met.Trigger.Channel!.Connector is { } connector
        ? new(met, Sent, null, null) { Message = new(customer.Address!, connector.TakesValues ? TriggerValues.Write(met, customer.Tags) : "{}", connector.ConnectionId, met.Trigger.Template!.ActionId) }
        : new(met, Sent, null, TriggerNotice.Write(met, customer.Tags, now));

    private static string? Reason(MetTrigger met, MetCustomer? customer, MetFacts facts) => met.IsLate ? "decided more than an hour late" : Reason(met.Trigger, customer, facts);

    private static string? Reason(LiveTrigger trigger, MetCustomer? customer, MetFacts facts) => customer switch
    {
        null => "unknown customer",
        { IsMember: false } => "not in the target group",
        { OptedOut: true } => trigger.Channel!.OptedOut,
        { Address: null } when trigger.Channel?.Connector is { } connector => connector.NoAddress,
        { HasNoApp: true } when trigger.Channel?.Connector is { } connector => connector.NoApp,
        _ when trigger.Channel is null => "the channel is gone",
        _ when trigger.Template is null => trigger.Channel.Connector is null ? "the partner withdrew the template" : "the template can no longer be sent",
        _ when trigger.Channel.Connector is null && !facts.Listening.Contains(trigger.Channel.Number) => "nobody listens on the channel",
        _ => null,
    };

    private static bool IsControl(MetTrigger met, byte[] key)
    {
        var assignment = new Assignment(key, string.Create(CultureInfo.InvariantCulture, $"triggered-{met.Trigger.Campaign.Id}"), "", (double)met.Trigger.Campaign.ControlShare);
        return assignment.IsControl(met.CustomerId);
    }

    private void AddWrite(NpgsqlBatch batch, List<TriggerDecision> decisions, DateTimeOffset now) => batch.Add(SqlFile.Read("write-trigger-decisions.sql"),
        now, tenant.Current.Id, RegisterListener.TriggerMet, Of(decisions, d => d.Met.Trigger.Campaign.Id), Of(decisions, d => d.Met.CustomerId), Of(decisions, d => d.Met.EventId),
        Of(decisions, d => d.Fate), Of(decisions, d => d.Reason), Of(decisions, d => d.Met.Trigger.Campaign.ChannelId ?? 0), Of(decisions, d => d.Body),
        Of(decisions, d => d.Message?.Address), Of(decisions, d => d.Message?.Values), Of(decisions, d => d.Message?.ConnectionId ?? 0), Of(decisions, d => d.Message?.ActionId ?? 0), now + TriggerMessage.Worth);

    private static TValue[] Of<T, TValue>(IReadOnlyList<T> items, Func<T, TValue> value) => [.. items.Select(value)];

    private sealed class MetFacts
    {
        public HashSet<int> Live { get; } = [];
        public HashSet<int> Listening { get; } = [];
        public Dictionary<(int Campaign, string Customer), MetCustomer> Customers { get; } = [];
    }

    private sealed record MetCustomer(bool IsMember, bool OptedOut, string? Address, bool HasNoApp, IReadOnlyList<string> Tags);
}
