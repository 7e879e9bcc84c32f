-- Purpose: how far customers are with triggers.
-- Parameters: $1 and $2 arrays of one length: campaign ids, customer ids.
-- Result: campaign id, customer id, times that count (null: none), times of second events (null: none), then of the wait (null: none): event id,
--   met at, due at, parameters as text.
select a.campaign_id, a.customer_id, p.times, p.follows, w.event_id, w.met_at, w.due_at, w.parameters::text
from unnest($1::int[], $2::text[]) as a (campaign_id, customer_id)
left join trigger_progress p on p.campaign_id = a.campaign_id and p.customer_id = a.customer_id
left join trigger_waits w on w.campaign_id = a.campaign_id and w.customer_id = a.customer_id
where p.times is not null or w.event_id is not null
