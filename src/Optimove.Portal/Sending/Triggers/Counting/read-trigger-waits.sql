-- Purpose: for what customers' triggers wait.
-- Parameters: $1 and $2 arrays of one length: campaign ids, customer ids.
-- Result: campaign id, customer id, event id, met at, due at, parameters as text.
select w.campaign_id, w.customer_id, w.event_id, w.met_at, w.due_at, w.parameters::text
from unnest($1::int[], $2::text[]) as a (campaign_id, customer_id)
join trigger_waits w on w.campaign_id = a.campaign_id and w.customer_id = a.customer_id
