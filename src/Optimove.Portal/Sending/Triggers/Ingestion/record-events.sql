-- Purpose: keeps events that are not known yet.
-- Parameters: $1 now; $2 to $6 arrays of one length: definitions' ids, times, event ids, customer ids, parameters as JSON.
-- Result: the highest number given; null where all were known.
with kept as (
  insert into customer_events (event_type, occurred_at, received_at, event_id, customer_id, parameters)
  select e.event_type, e.occurred_at, $1, e.event_id, e.customer_id, e.parameters::json
  from unnest($2::int[], $3::timestamptz[], $4::text[], $5::text[], $6::text[]) as e (event_type, occurred_at, event_id, customer_id, parameters)
  on conflict (event_id) do nothing
  returning number
)
select max(number) from kept
