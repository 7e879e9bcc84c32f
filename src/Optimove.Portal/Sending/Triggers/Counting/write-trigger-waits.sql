-- Purpose: writes for what customers' triggers wait; one that waits no more has no row.
-- Parameters: $1 to $6 arrays of one length: campaign ids, customer ids, event ids (null: waits no more), met at, due at, parameters as JSON.
-- Result: nothing.
with told as (
  select t.campaign_id, t.customer_id, t.event_id, t.met_at, t.due_at, t.parameters
  from unnest($1::int[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[]) as t (campaign_id, customer_id, event_id, met_at, due_at, parameters)
), over as (
  delete from trigger_waits w using told t where t.event_id is null and w.campaign_id = t.campaign_id and w.customer_id = t.customer_id
)
insert into trigger_waits (campaign_id, customer_id, event_id, met_at, due_at, parameters)
select campaign_id, customer_id, event_id, met_at, due_at, parameters::jsonb from told where event_id is not null
on conflict (campaign_id, customer_id) do update set event_id = excluded.event_id, met_at = excluded.met_at, due_at = excluded.due_at, parameters = excluded.parameters
