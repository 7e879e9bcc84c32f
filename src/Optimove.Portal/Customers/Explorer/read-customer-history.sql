-- Purpose: every campaign that considered one customer, with what became of them; newest first.
-- Parameters: $1 the customer's id; runs with the tenant's role, so that the shared tables show the tenant's own rows.
-- Result: campaign id and name, date, send_at, zone, state of the occurrence, fate, reason, connection's name, rejection, state of the call that carried them,
--         what a program told of their promotion and when, or null.
select o.campaign_id, p.name, o.date, o.send_at, o.zone, o.state, case when r.chunk is not null then 'send' when r.reason is null then 'control' else 'excluded' end,
       r.reason, coalesce(c.name, 'the provider'), j.reason, s.state, t.status, t.told_at
from recipients r
join occurrences o on o.id = r.occurrence_id
join campaigns p on p.id = o.campaign_id
left join connections c on c.id = o.connection_id
left join recipient_rejections j on j.occurrence_id = r.occurrence_id and j.customer_id = r.customer_id
left join promotion_statuses t on t.customer_id = r.customer_id and t.campaign_id = r.occurrence_id
left join lateral (
  select state from send_steps where occurrence_id = r.occurrence_id and chunk = r.chunk order by id desc limit 1
) s on true
where r.customer_id = $1
order by o.send_at desc, o.id desc
limit 500
