-- Purpose: writes decisions, adds them to the totals and queues what follows from those that are sent: a notice for every listener on the partner's
--   channel, or the message for the provider.
-- Parameters: $1 now, $2 tenant id, $3 event type of the notices; $4 to $14 arrays of one length: campaign ids, customer ids, event ids, fates, reasons
--   (null unless excluded), channel numbers, notices (null unless a partner is told), and of the message for a provider the address (null: there is
--   none), the values as JSON, the connection and the template; $15 until when such a message is worth sending.
-- Result: nothing. An event that was decided upon before, for the same campaign, is passed over whole.
with asked as (
  select a.campaign_id, a.customer_id, a.event_id, a.fate, a.reason, a.channel_id, a.body, a.address, a.personal, a.connection_id, a.template_id, a.n
  from unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::text[], $12::text[], $13::int[], $14::int[]) with ordinality
    as a (campaign_id, customer_id, event_id, fate, reason, channel_id, body, address, personal, connection_id, template_id, n)
), decided as (
  insert into trigger_decisions (decided_at, campaign_id, fate, reason, customer_id, event_id)
  select $1, campaign_id, fate, reason, customer_id, event_id from asked order by n
  on conflict (campaign_id, event_id) do nothing
  returning id, campaign_id, event_id, fate, reason
), counted as (
  insert into trigger_totals as t (campaign_id, fate, reason, decisions)
  select campaign_id, fate, coalesce(reason, ''), count(*) from decided group by 1, 2, 3
  on conflict (campaign_id, fate, reason) do update set decisions = t.decisions + excluded.decisions
), queued as (
  insert into event_deliveries (tenant_id, listener_id, event_type, body, created_at, tries, next_try_at, by_person)
  select $2, l.id, $3, a.body, $1, 0, $1, false
  from asked a
  join decided d on d.campaign_id = a.campaign_id and d.event_id = a.event_id
  join event_listeners l on l.tenant_id = $2 and l.event_type = $3 and l.channel_id = a.channel_id
  where a.fate = 'sent'
  order by a.n, l.id
)
insert into triggered_sends (decided_at, next_try_at, give_up_at, decision_id, campaign_id, connection_id, template_id, state, customer_id, address, personal)
select $1, $1, $15, d.id, a.campaign_id, a.connection_id, a.template_id, 'waiting', a.customer_id, a.address, a.personal::jsonb
from asked a
join decided d on d.campaign_id = a.campaign_id and d.event_id = a.event_id
where a.fate = 'sent' and a.address is not null
order by a.n
